using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Where an offer stands; whoever has no key sees published ones only.</summary>
internal enum GeranceOfferStatus
{
    Draft,
    Published,
    Unpublished,
    Filled,
    Expired,
}

/// <summary>What was done to an offer.</summary>
/// <param name="Actor">The client that did it; null when a message or a clock did.</param>
/// <param name="Reason">It may speak of the gérant who left, or of a candidate who does not come.</param>
internal sealed record OfferEvent(string Act, DateTimeOffset At, string? Actor, [property: PersonalData] string? Reason);

/// <summary>The opening to run one café.</summary>
internal sealed record GeranceOffer : WaitingDocument, IVisible<GeranceOffer>
{
    private const string Reopened = "reopened";

    public required string InseeCode { get; init; }

    public required string CommuneName { get; init; }

    public required string Departement { get; init; }

    /// <summary>The café, once there is one.</summary>
    public Guid? CafeId { get; init; }

    public required OfferFacts Facts { get; init; }

    public GeranceOfferStatus Status { get; init; }

    /// <summary>When it was published last; null while it never was.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it was taken back, filled or expired; null before, and once it is reopened.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The candidature that filled it, when it is told.</summary>
    public Guid? FilledBy { get; init; }

    public required ImmutableList<OfferEvent> History { get; init; }

    /// <summary>What it waits for by itself.</summary>
    public override Wait? Wait => Status == GeranceOfferStatus.Draft ? new(WaitingFor.Publication, WaitingOn.Team, (History.FindLast(done => done.Act == Reopened) ?? History[0]).At) : null;

    string? IVisible<GeranceOffer>.WritingDepartement => Departement;

    /// <summary>Whoever has no key can be told that an offer, once published, is no longer open.</summary>
    public static Expression<Func<GeranceOffer, bool>>? VisibleTo(Holder holder) => holder.Kind switch
    {
        HolderKind.Staff => null,
        HolderKind.Mairie => CommuneFilter.IsOneOf<GeranceOffer>(offer => offer.InseeCode, holder.InseeCodes),
        _ => offer => offer.PublishedAt != null,
    };

    public static GeranceOffer Draft(Guid id, OfferPlace place, OfferFacts facts, string? actor, DateTimeOffset now, string? reason = null) => new()
    {
        Id = id,
        InseeCode = place.InseeCode,
        CommuneName = place.CommuneName,
        Departement = place.Departement,
        CafeId = place.CafeId,
        Facts = facts,
        History = [new("drafted", now, actor, reason)],
    };

    /// <summary>Whether candidates may answer on this day.</summary>
    public bool IsOpenOn(DateOnly today) => Status == GeranceOfferStatus.Published && Facts.ExpiresOn >= today;

    /// <summary>Says other things; what is published has to stay complete, and keeps its last day when none is said.</summary>
    public Result<GeranceOffer> Change(OfferFacts facts, DateOnly today, string? actor, DateTimeOffset now)
    {
        var said = Status == GeranceOfferStatus.Published ? facts with { ExpiresOn = facts.ExpiresOn ?? Facts.ExpiresOn } : facts;
        return Status switch
        {
            GeranceOfferStatus.Filled => GeranceOfferErrors.AlreadyFilled,
            _ when said == Facts => this,
            GeranceOfferStatus.Published => CheckedFor(said, today).Select(whole => Become(Status, "changed", now, actor) with { Facts = whole }),
            _ => Become(Status, "changed", now, actor) with { Facts = said },
        };
    }

    /// <param name="days">How long it stays open when it does not say.</param>
    public Result<GeranceOffer> Publish(DateOnly today, int days, string? actor, DateTimeOffset now) => Status switch
    {
        GeranceOfferStatus.Draft => Open(Facts with { ExpiresOn = Facts.ExpiresOn ?? today.AddDays(days) }, today, "published", actor, now, null),
        GeranceOfferStatus.Published => GeranceOfferErrors.AlreadyPublished,
        _ => GeranceOfferErrors.Ended,
    };

    /// <summary>Takes it back; a draft that nobody is to read is laid aside.</summary>
    public Result<GeranceOffer> Unpublish(string reason, string? actor, DateTimeOffset now) => Status is GeranceOfferStatus.Draft or GeranceOfferStatus.Published
        ? Become(GeranceOfferStatus.Unpublished, "unpublished", now, actor, reason) with { EndedAt = now }
        : GeranceOfferErrors.NotPublished;

    /// <summary>Somebody was found, also for one that has ended meanwhile.</summary>
    public Result<GeranceOffer> Fill(Guid? candidatureId, string? actor, DateTimeOffset now) => Status switch
    {
        _ when PublishedAt is null => GeranceOfferErrors.NotPublished,
        GeranceOfferStatus.Filled => GeranceOfferErrors.AlreadyFilled,
        _ => Become(GeranceOfferStatus.Filled, "filled", now, actor) with { EndedAt = now, FilledBy = candidatureId },
    };

    /// <summary>Its last day is over.</summary>
    public Result<GeranceOffer> Expire(DateOnly today, DateTimeOffset now) => Status == GeranceOfferStatus.Published && !IsOpenOn(today)
        ? Become(GeranceOfferStatus.Expired, "expired", now, null) with { EndedAt = now }
        : GeranceOfferErrors.NotPublished;

    /// <summary>Published again, as somebody found can also be lost again; what never was published is a draft again.</summary>
    /// <param name="until">Its last day from now on; otherwise the one it has, or as many days as usual when that has passed.</param>
    public Result<GeranceOffer> Reopen(DateOnly? until, string? reason, DateOnly today, int days, string? actor, DateTimeOffset now) =>
        Status is GeranceOfferStatus.Draft or GeranceOfferStatus.Published
            ? GeranceOfferErrors.NotEnded
            : PublishedAt is null ? Become(GeranceOfferStatus.Draft, Reopened, now, actor, reason) with { Facts = Facts with { ExpiresOn = until ?? Facts.ExpiresOn }, EndedAt = null }
            : Open(Facts with { ExpiresOn = until ?? (Facts.ExpiresOn >= today ? Facts.ExpiresOn : today.AddDays(days)) }, today, Reopened, actor, now, reason);

    /// <summary>Without what was said of it since somebody came who was retained for it, and is to be forgotten.</summary>
    public GeranceOffer Forget(DateTimeOffset since) => this with { History = [.. History.Select(done => done.At < since ? done : done with { Reason = null })] };

    private Result<GeranceOffer> Open(OfferFacts facts, DateOnly today, string act, string? actor, DateTimeOffset now, string? reason) => CheckedFor(facts, today).Select(whole =>
        Become(GeranceOfferStatus.Published, act, now, actor, reason) with { Facts = whole, PublishedAt = now, EndedAt = null, FilledBy = null });

    private static Result<OfferFacts> CheckedFor(OfferFacts facts, DateOnly today) =>
        !facts.Missing.IsEmpty ? GeranceOfferErrors.Lacking(facts.Missing)
        : facts.ExpiresOn < today ? GeranceOfferErrors.ExpiryPassed
        : facts;

    private GeranceOffer Become(GeranceOfferStatus status, string act, DateTimeOffset now, string? actor, string? reason = null) =>
        this with { Status = status, History = History.Add(new(act, now, actor, reason)) };
}
