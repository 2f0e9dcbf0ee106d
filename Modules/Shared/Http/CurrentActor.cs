using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MilleCafes.Shared;

/// <summary>Who acts: decides what is seen, and is written into the history of what is changed.</summary>
public sealed class CurrentActor(IHttpContextAccessor accessor)
{
    /// <summary>The client that acts.</summary>
    public string Id => Holder is { Kind: not HolderKind.Public } holder
        ? holder.ClientId.ToString()
        : throw new InvalidOperationException("No authenticated request: only slices behind a key have an actor.");

    /// <summary>Who asks; null outside of a request, where the application itself works.</summary>
    public Holder? Holder => accessor.HttpContext is { } http ? http.Features.Get<Holder>() ?? Holder.Public : null;

    /// <summary>Whether the request was made for this revision, or for whichever there is.</summary>
    public bool ExpectsRevision(long revision)
    {
        if (accessor.HttpContext?.Request.Headers.IfMatch is not { Count: > 0 } header)
        {
            return true;
        }

        return EntityTagHeaderValue.TryParseList(header, out var tags) && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || EntityTag.RevisionIn(tag.Tag) == revision);
    }

    /// <summary>Whether the request says what it was made for.</summary>
    public bool HasExpectation => accessor.HttpContext?.Request.Headers.IfMatch.Count > 0;

    /// <summary>Where the act comes from; null where the application works and has not said why.</summary>
    internal Origin? Origin => accessor.HttpContext is { } http ? Origin.Of(http, Holder!) : Acting.Current?.Origin;

    internal HttpContext? Request => accessor.HttpContext;

    /// <summary>Says who asks, in a request that shows its key elsewhere than in its header.</summary>
    public void Identify(Holder holder) => accessor.HttpContext?.Features.Set(holder);
}
