using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.OfferDiffusions;

/// <summary>Who passes an offer on.</summary>
/// <param name="ClientId">Its client; null for a board that has no key.</param>
internal sealed record DiffusionPartner(Guid? ClientId, string? Name);

/// <summary>What was noted of it.</summary>
/// <param name="Url">Where it was shown from then on; stored by the name that it has had from the beginning.</param>
internal sealed record DiffusionEvent(string Act, DateTimeOffset At, string Actor, [property: JsonPropertyName("reason")] string? Url);

/// <summary>An offer at one partner's: given to it, published by it, withdrawn.</summary>
internal sealed record OfferDiffusion : DerivedDocument, IVisible<OfferDiffusion>
{
    public const string EndedMark = "withdrawn";

    public required Guid OfferId { get; init; }

    /// <summary>Of the offer.</summary>
    public required string Departement { get; init; }

    public required DiffusionPartner Partner { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>When the partner made it public; null while it was only given to it.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Where the partner shows it.</summary>
    public string? Url { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    public required ImmutableList<DiffusionEvent> History { get; init; }

    public bool IsOpen => WithdrawnAt is null;

    /// <summary>The same for all that have ended, null for all others: however few they are, an index gives a page of them.</summary>
    public string? Ended => WithdrawnAt is null ? null : EndedMark;

    /// <summary>The offer, the partner and the address while it lasts, then nothing: its unique index notes each once.</summary>
    public string? OpenKey => WithdrawnAt is null ? $"{OfferId} {Partner.ClientId?.ToString() ?? Partner.Name?.Trim().ToLowerInvariant()} {Url}" : null;

    string? IVisible<OfferDiffusion>.WritingDepartement => Departement;

    public static Expression<Func<OfferDiffusion, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId;
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Partner => diffusion => diffusion.Partner.ClientId == own,
            _ => Visibility.None<OfferDiffusion>(),
        };
    }

    public static OfferDiffusion Note(Guid id, GeranceOffer offer, DiffusionPartner partner, string? url, DateTimeOffset? publishedAt, string actor, DateTimeOffset now) => new()
    {
        Id = id,
        OfferId = offer.Id,
        Departement = offer.Departement,
        Partner = partner,
        GivenAt = publishedAt < now ? publishedAt.Value : now,
        PublishedAt = url is null ? null : publishedAt ?? now,
        Url = url,
        History = [new(url is null ? "given" : "published", now, actor, url)],
    };

    /// <summary>Shown at this address, for the first time or instead of another.</summary>
    public Result<OfferDiffusion> Publish(string url, DateTimeOffset? at, string actor, DateTimeOffset now) =>
        WithdrawnAt is not null ? OfferDiffusionErrors.AlreadyWithdrawn
        : this with { Url = url, PublishedAt = at ?? now, GivenAt = at < GivenAt ? at.Value : GivenAt, History = History.Add(new("published", now, actor, url)) };

    public Result<OfferDiffusion> Withdraw(DateTimeOffset? at, string actor, DateTimeOffset now) =>
        WithdrawnAt is not null ? OfferDiffusionErrors.AlreadyWithdrawn
        : at < (PublishedAt ?? GivenAt) ? OfferDiffusionErrors.EndsBeforeItBegins
        : this with { WithdrawnAt = at ?? now, History = History.Add(new("withdrawn", now, actor, null)) };
}
