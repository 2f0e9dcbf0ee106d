using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Chooses the format of an answer by « Accept », and refuses a request that accepts none of those there are.</summary>
internal sealed class Negotiation(RequestDelegate next)
{
    private readonly ConcurrentDictionary<Endpoint, ImmutableArray<string>> offers = new();

    public Task InvokeAsync(HttpContext http)
    {
        // Nearly every request: whatever there is, or JSON where JSON is the first
        if (http.GetEndpoint() is not RouteEndpoint endpoint || http.Request.Headers.Accept is not { Count: > 0 } accept || accept is ["*/*"])
        {
            return next(http);
        }

        var offered = offers.GetOrAdd(endpoint, static one => Offers(one));
        if (offered.IsEmpty || (accept is [AnswerFormat.Json] && offered[0] == AnswerFormat.Json))
        {
            return next(http);
        }

        if (Choose(offered, accept) is not { } chosen)
        {
            return new ProblemResult(PlatformErrors.NotAcceptableBut(offered)).ExecuteAsync(http);
        }

        if (chosen != offered[0])
        {
            http.Features.Set(new AnswerFormat(chosen));
        }

        return next(http);
    }

    /// <summary>The formats that an operation says it answers in, the usual one first.</summary>
    public static ImmutableArray<string> Offers(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<OperationText>() is null)
        {
            return [];
        }

        var answers = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Where(answer => answer.StatusCode is >= 200 and < 300).ToList();
        var tables = answers.Any(answer => TableShape.Of(answer.Type) is not null);
        return [.. answers.SelectMany(answer => answer.ContentTypes).Concat(tables ? [AnswerFormat.Csv] : []).Distinct()];
    }

    /// <summary>The offer that is liked best, the first of those that are liked as much; null when none is.</summary>
    private static string? Choose(ImmutableArray<string> offered, StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return null;
        }

        var (best, liking) = ((string?)null, 0.0);
        foreach (var offer in offered)
        {
            var like = ranges.Where(range => range.MatchesMediaType(offer)).MaxBy(Closeness) is { } range ? range.Quality ?? 1 : 0;
            if (like > liking)
            {
                (best, liking) = (offer, like);
            }
        }

        return best;
    }

    // What names the offer says more of it than « text/* », and that more than « */* »
    private static int Closeness(MediaTypeHeaderValue range) => range switch
    {
        { MatchesAllTypes: true } => 0,
        { MatchesAllSubTypes: true } => 1,
        _ => 2,
    };
}
