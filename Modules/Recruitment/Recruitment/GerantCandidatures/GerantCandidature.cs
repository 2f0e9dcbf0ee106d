using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Someone who wishes to run a café: from the first letter to the day they are in post.</summary>
internal sealed partial record GerantCandidature : WaitingDocument, IVisible<GerantCandidature>
{
    /// <summary>The offer it answers, or was later proposed for; null while it is spontaneous.</summary>
    public Guid? OfferId { get; init; }

    /// <summary>The commune of that offer.</summary>
    public string? OfferInseeCode { get; init; }

    /// <summary>The département of that offer; of the candidate's residence while there is none.</summary>
    public string? Departement { get; init; }

    /// <summary>The one wished for, or that of the département.</summary>
    public Antenne? Antenne { get; init; }

    [PersonalData]
    public required Applicant Applicant { get; init; }

    [PersonalData]
    public Wishes? Wishes { get; init; }

    public required CandidatureSource Source { get; init; }

    public required Consent Consent { get; init; }

    public GerantStage Stage { get; init; }

    /// <summary>When it came to this stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    public required ImmutableList<StageChange> Stages { get; init; }

    /// <summary>What happened beside the stages, in its order.</summary>
    public ImmutableList<CandidatureAct> Acts { get; init; } = [];

    /// <summary>When the candidate followed the link in the mail, or a partner or the team answered for them; before, nobody works on it.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When it is erased unless it is confirmed before; null once it is.</summary>
    public DateTimeOffset? ConfirmBefore { get; init; }

    /// <summary>When the link was last asked for.</summary>
    public DateTimeOffset? LinkAskedAt { get; init; }

    /// <summary>The commune whose mairie sees it: from its presentation on; once it has ended, that it did.</summary>
    public string? PresentedIn { get; init; }

    /// <summary>The communes that were shown it, also those whose mairie sees it no more.</summary>
    public ImmutableList<string> ShownIn { get; init; } = [];

    /// <summary>Of those, when each ceased to see it, and as what.</summary>
    public ImmutableList<Hidden> HiddenFrom { get; init; } = [];

    /// <summary>When the candidate and the network last had to do with one another; retention counts from here.</summary>
    public required DateTimeOffset LastContactAt { get; init; }

    public Decline? Decline { get; init; }

    public Training? Training { get; init; }

    public Installation? Installation { get; init; }

    /// <summary>Other candidatures of the same person that became part of this one.</summary>
    public ImmutableList<AbsorbedCandidature> Absorbed { get; init; } = [];

    /// <summary>The candidature that this one became part of; it then has ended.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>The address in the form in which addresses are compared.</summary>
    [PersonalData]
    public string? EmailKey => ContactKeys.OfEmail(Applicant.Email);

    /// <summary>The telephone in the form in which numbers are compared.</summary>
    [PersonalData]
    public string? PhoneKey => ContactKeys.OfPhone(Applicant.Phone);

    /// <summary>The person and the offer while they may confirm, then nothing: its unique index keeps one of them.</summary>
    [PersonalData]
    public string? PendingKey => ConfirmBefore is not null && DeletedAt is null && Stage.IsOnPath() && EmailKey is { } email ? PendingKeyOf(email, OfferId) : null;

    /// <summary>Every document that spoke of this person: an erasure tells of each.</summary>
    public IEnumerable<Guid> Subjects() => Absorbed.Select(other => other.Id).Prepend(Id);

    string? IVisible<GerantCandidature>.WritingDepartement => Departement;

    public static Expression<Func<GerantCandidature, bool>>? VisibleTo(Holder holder)
    {
        var (client, opened) = (holder.ClientId, holder.Opened ?? Guid.Empty);
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Partner => candidature => candidature.Source.ClientId == client,
            HolderKind.Mairie => CommuneFilter.IsOneOf<GerantCandidature>(candidature => candidature.PresentedIn, holder.InseeCodes),
            HolderKind.Public => candidature => candidature.Id == opened,
            _ => Visibility.None<GerantCandidature>(),
        };
    }

    public static Expression<Func<GerantCandidature, bool>>? WasVisibleTo(Holder holder) =>
        holder.Kind == HolderKind.Mairie ? CommuneFilter.HasOneOf<GerantCandidature>(candidature => candidature.ShownIn, holder.InseeCodes) : null;

    /// <summary>What is told of it to a mairie that sees it no more: how it stood then, and nothing of what came after but its erasure.</summary>
    public Tombstone RemainsFor(Holder mairie) => HiddenFrom.FindLast(hidden => mairie.InseeCodes.Contains(hidden.InseeCode)) is { } last
        ? new(Id, last.Revision, DeletedAt ?? last.At)
        : new(Id, Revision, DeletedAt ?? UpdatedAt);

    public static string PendingKeyOf(string emailKey, Guid? offer) => $"{emailKey} {offer}";

    /// <summary>One step on the path, or off it; the steps that ask for more than a stage are judged by who calls this.</summary>
    public Result<GerantCandidature> MoveTo(GerantStage stage, string? reason, string? actor, DateTimeOffset now) =>
        ConfirmedAt is null ? GerantCandidatureErrors.NotConfirmed
        : Stage.LeadsTo(stage) ? Become(stage, reason, actor, now, correction: false)
        : GerantCandidatureErrors.StageNotAllowed;

    /// <summary>The candidate goes no further by their own will, which needs no confirmation.</summary>
    public Result<GerantCandidature> Withdraw(string? reason, string? actor, DateTimeOffset now) =>
        Stage.LeadsTo(GerantStage.Withdrawn) ? Become(GerantStage.Withdrawn, reason, actor, now, correction: false) : GerantCandidatureErrors.StageNotAllowed;

    /// <summary>One step back, when a decision is corrected; the history keeps both.</summary>
    public Result<GerantCandidature> Correct(string reason, string? actor, DateTimeOffset now) =>
        (Stage.IsOnPath() ? Stage - 1 : Stages[^1].From) is { } before && Stage.CorrectsTo(before, Stages[^1].From)
            ? Become(before, reason, actor, now, correction: true) with { Decline = null, Training = Stage == GerantStage.Trained ? null : Training, Installation = Stage == GerantStage.InPost ? null : Installation }
            : GerantCandidatureErrors.StageNotAllowed;

    private GerantCandidature Become(GerantStage stage, string? reason, string? actor, DateTimeOffset now, bool correction)
    {
        var presentedIn = stage.IsOnPath() ? (stage >= GerantStage.Presented ? OfferInseeCode : null) : PresentedIn;
        return this with
        {
            Stage = stage,
            StageSince = now,
            Stages = Stages.Add(new(Stage, stage, now, actor, reason, correction)),
            PresentedIn = presentedIn,
            ShownIn = PresentedIn is { } commune && !ShownIn.Contains(commune) ? ShownIn.Add(commune) : ShownIn,
            HiddenFrom = PresentedIn is { } former && former != presentedIn ? HiddenFrom.RemoveAll(hidden => hidden.InseeCode == former).Add(new(former, now, Revision + 1)) : HiddenFrom,
            LastContactAt = now,
        };
    }
}
