using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>An operation of the API as it is mapped, at an address where there is something, when there is.</summary>
internal sealed record AnyOperation(string Name, string Method, string Address, RouteEndpoint Endpoint)
{
    public bool IsRead => Method == "GET";

    public bool TakesForm => Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/x-www-form-urlencoded") is true;

    public bool HasBody => !TakesForm && Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not null;

    /// <summary>A body with nothing in it, where one is taken.</summary>
    public HttpContent? Nothing => TakesForm ? new FormUrlEncodedContent([]) : HasBody ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json") : null;

    public bool Writes => Method == "POST";

    /// <summary>As it is mapped, parameters in braces.</summary>
    public string Route => "/" + Endpoint.RoutePattern.RawText!.TrimStart('/');

    public bool HasParameter => Endpoint.RoutePattern.Parameters.Count > 0;

    public bool NeedsKey => Endpoint.Metadata.GetMetadata<OperationScope>() is not null;

    public bool IsList => Endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(answer => ListShape.Of(answer.Type) is not null);

    public Task<RightWrite> RightAsync(Writer writer) => RightWrites.OfAsync(Name, writer);

    /// <summary>Writes with headers of the test's choice.</summary>
    public Task<HttpResponseMessage> WriteAsync(Writer writer, RightWrite write, params (string Name, string Value)[] headers) =>
        writer.Client.AskAsync(new(Method), write.Address, write.Content, headers);

    public override string ToString() => $"{Method} {Address} ({Name})";
}

/// <summary>What reads every list and what writes into every list, one after the other.</summary>
[CollectionDefinition(nameof(Endpoints))]
public sealed class EndpointsDefinition;

/// <summary>Every operation that the host maps, found where the framework finds them: one that is added tomorrow is among them.</summary>
internal static partial class Endpoints
{
    private static ImmutableArray<AnyOperation> known = [];

    public static async Task<IReadOnlyList<AnyOperation>> AllAsync(MilleCafesHost host)
    {
        if (known.IsEmpty)
        {
            await SeedAsync(host);
            known = [.. await Task.WhenAll(Routes(host).Select(route => AddressedAsync(host, route)))];
        }

        Assert.NotEmpty(known);
        return known;
    }

    public static async Task<IReadOnlyList<AnyOperation>> ReadsAsync(MilleCafesHost host) => Some(await AllAsync(host), one => one.IsRead);

    public static async Task<IReadOnlyList<AnyOperation>> ListsAsync(MilleCafesHost host) => Some(await AllAsync(host), one => one.IsRead && one.IsList);

    public static async Task<IReadOnlyList<AnyOperation>> WritesAsync(MilleCafesHost host) => Some(await AllAsync(host), one => one.Writes);

    public static async Task<IReadOnlyList<AnyOperation>> BodiesAsync(MilleCafesHost host) => Some(await AllAsync(host), one => one.HasBody);

    /// <summary>Everything that is not a GET.</summary>
    public static async Task<IReadOnlyList<AnyOperation>> ChangesAsync(MilleCafesHost host) => Some(await AllAsync(host), one => !one.IsRead);

    private static List<AnyOperation> Some(IReadOnlyList<AnyOperation> all, Func<AnyOperation, bool> which)
    {
        var some = all.Where(which).ToList();
        Assert.NotEmpty(some);
        return some;
    }

    private static IEnumerable<RouteEndpoint> Routes(MilleCafesHost host) => host.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<OperationText>() is not null);

    /// <summary>Something of each kind that the API can make today, so that what reads it has something to read.</summary>
    private static async Task SeedAsync(MilleCafesHost host)
    {
        await using var partner = await Partner.OfAsync(host);
        await partner.AcceptCommuneAsync();
        using var subscribed = await host.Administrator.AskAsync(
            HttpMethod.Post, "/v1/webhooks/subscriptions", System.Net.Http.Json.JsonContent.Create(new { url = "http://127.0.0.1:9/", eventTypes = new[] { "*" } }));
        subscribed.EnsureSuccessStatusCode();
        var subscription = JsonNode.Parse(await subscribed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id"]!.GetValue<string>();
        using var replayed = await host.Administrator.AskAsync(
            HttpMethod.Post, $"/v1/webhooks/subscriptions/{subscription}/replay", System.Net.Http.Json.JsonContent.Create(new { since = TimeProvider.System.GetUtcNow().UtcDateTime }));
        replayed.EnsureSuccessStatusCode();
        await host.TrackAsync(async () => await partner.AcceptAsync(await partner.SubmitAsync()));
        using var writer = await Writer.OfAsync(host);
        await writer.DoAsync(RightGerants.Candidatures, RightGerants.Letter(RightGerants.NextEmail()));
        foreach (var made in new[] { "PublishGeranceOffer", "NoteOfferDiffusion", "SubmitCafeCandidature", "OpenScorecard", "ProposeInterview", "BookImmersion", "PresentCandidate" })
        {
            var write = await RightWrites.OfAsync(made, writer);
            using var done = await writer.Client.AskAsync(HttpMethod.Post, write.Address, write.Content);
            done.EnsureSuccessStatusCode();
        }
    }

    private static async Task<AnyOperation> AddressedAsync(MilleCafesHost host, RouteEndpoint endpoint)
    {
        var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single();
        return new(endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, method, await FilledAsync(host, route), endpoint);
    }

    /// <summary>Puts into the route the first member of the list above that bears the parameter's name; an unknown id where there is none.</summary>
    private static async Task<string> FilledAsync(MilleCafesHost host, string route)
    {
        while (Parameter().Match(route) is { Success: true } parameter)
        {
            using var list = await host.Administrator.AskAsync(HttpMethod.Get, route[..parameter.Index].TrimEnd('/'));
            var first = list.IsSuccessStatusCode
                ? JsonNode.Parse(await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))?["items"]?.AsArray().FirstOrDefault()?[parameter.Groups[1].Value]
                : null;
            route = string.Concat(route.AsSpan(0, parameter.Index), (string?)first ?? $"{Guid.CreateVersion7()}", route.AsSpan(parameter.Index + parameter.Length));
        }

        return route;
    }

    [GeneratedRegex(@"\{(\w+)(?:\:\w+)?\}")]
    private static partial Regex Parameter();
}
