using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Presentations;

internal enum MairieAnswer
{
    Yes,
    No,
    NotYet,
}

/// <summary>How the team came to know an answer that the mairie did not give itself.</summary>
internal enum ToldBy
{
    Letter,
    Phone,
    Meeting,
}

/// <summary>What the mairie said; a later answer does not undo that an earlier one was given.</summary>
/// <param name="ToldBy">Null when the mairie's own key gave it.</param>
internal sealed record GivenAnswer(MairieAnswer Answer, [property: PersonalData] string Reason, DateTimeOffset At, string Actor, ToldBy? ToldBy);

/// <summary>A candidate, presented to the mairie of an offer's commune.</summary>
internal sealed record Presentation : WaitingDocument, IVisible<Presentation>
{
    public required Guid CandidatureId { get; init; }

    public required Guid OfferId { get; init; }

    public required string InseeCode { get; init; }

    public required string Departement { get; init; }

    public required DateTimeOffset PresentedAt { get; init; }

    public required string PresentedBy { get; init; }

    /// <summary>What the team says of the candidate to the mairie.</summary>
    [PersonalData]
    public string? Message { get; init; }

    public ImmutableList<GivenAnswer> Answers { get; init; } = [];

    /// <summary>When the candidate was presented anew, which begins the answers again.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }

    /// <summary>When the candidate was last retained after its yes: whoever answers otherwise at that moment clashes with it.</summary>
    public DateTimeOffset? SelectedAt { get; init; }

    /// <summary>The merged candidature that was presented.</summary>
    public Guid? MergedFrom { get; init; }

    /// <summary>The candidature while this is its present presentation, then nothing: its unique index allows one.</summary>
    public Guid? PresentCandidatureId => ReplacedAt is null && MergedFrom is null ? CandidatureId : null;

    /// <summary>Whether a correction took the candidate back from the mairie.</summary>
    public bool TakenBack { get; init; }

    /// <summary>Whether the candidate goes no further: the mairie then reads what it answered, and when, but nothing of the person.</summary>
    public bool Left { get; init; }

    /// <summary>The commune whose mairie reads it; null once it is replaced, merged or taken back.</summary>
    public string? ShownIn => PresentCandidatureId is null || TakenBack ? null : InseeCode;

    /// <summary>When the mairie ceased to read it, and as what.</summary>
    public Hidden? Hidden { get; init; }

    /// <summary>What is told of it to the mairie that reads it no more.</summary>
    public Tombstone Remains => new(Id, Hidden?.Revision ?? Revision, DeletedAt ?? Hidden?.At ?? UpdatedAt);

    public MairieAnswer? Answer => Answers is [.., var last] ? last.Answer : null;

    /// <summary>What it waits for by itself.</summary>
    public override Wait? Wait => this switch
    {
        { PresentCandidatureId: null } => null,
        { Answers: [] } => new(WaitingFor.MairieAnswer, WaitingOn.Mairie, PresentedAt),
        { Answers: [.., { Answer: MairieAnswer.NotYet } last] } => new(WaitingFor.MairieAnswer, WaitingOn.Mairie, last.At),
        { Answers: [.., { Answer: MairieAnswer.No } last] } => new(WaitingFor.DecisionAfterNo, WaitingOn.Team, last.At),
        _ => new(WaitingFor.Selection, WaitingOn.Team, Answers[^1].At),
    };

    string? IVisible<Presentation>.WritingDepartement => Departement;

    public static Expression<Func<Presentation, bool>>? VisibleTo(Holder holder)
    {
        var opened = holder.Opened ?? Guid.Empty;
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Mairie => CommuneFilter.IsOneOf<Presentation>(presentation => presentation.ShownIn, holder.InseeCodes),
            HolderKind.Public => presentation => presentation.CandidatureId == opened,
            _ => Visibility.None<Presentation>(),
        };
    }

    public static Expression<Func<Presentation, bool>>? WasVisibleTo(Holder holder) =>
        holder.Kind == HolderKind.Mairie ? CommuneFilter.IsOneOf<Presentation>(presentation => presentation.InseeCode, holder.InseeCodes) : null;

    /// <summary>What the mairie is told when this state becomes <paramref name="next"/> by a step of the candidature: that the candidate stands before it no more, or does again.</summary>
    public object? NewsOn(Presentation next, DateTimeOffset now) => (IsBeforeMairie, next.IsBeforeMairie) switch
    {
        (true, false) => new CandidatePresentationEnded(Id, CandidatureId, OfferId, InseeCode, Departement, now),
        (false, true) => next.ToPresented(now),
        _ => null,
    };

    public CandidatePresented ToPresented(DateTimeOffset now) => new(Id, CandidatureId, OfferId, InseeCode, Departement, now);

    // Of whoever goes no further it reads what it answered, and the person no more
    private bool IsBeforeMairie => ShownIn is not null && !Left;

    /// <summary>The mairie answers for itself; the team only with how it was told.</summary>
    public Result<Presentation> Hear(MairieAnswer answer, string reason, ToldBy? toldBy, bool byMairie, string actor, DateTimeOffset now) =>
        PresentCandidatureId is null ? PresentationErrors.Over
        : byMairie == toldBy is not null ? (byMairie ? PresentationErrors.ItsOwnAnswer : PresentationErrors.NotTold)
        : this with { Answers = Answers.Add(new(answer, reason, now, actor, toldBy)) };

    public Presentation Replace(DateTimeOffset now) => this with { ReplacedAt = now };

    /// <summary>Is shown as long as its candidature is presented, and goes along with one that is merged into another.</summary>
    public Presentation Follow(GerantCandidature candidature) => this with
    {
        CandidatureId = candidature.Id,
        MergedFrom = MergedFrom ?? (CandidatureId == candidature.Id ? null : CandidatureId),
        TakenBack = candidature.Stage.IsOnPath() ? candidature.Stage < GerantStage.Presented : TakenBack,
        Left = !candidature.Stage.IsOnPath(),
    };

    /// <summary>Notes that the mairie reads it no more, when it did before.</summary>
    public Presentation HideSince(Presentation before, DateTimeOffset now) =>
        before.ShownIn is not null && ShownIn is null ? this with { Hidden = new(InseeCode, now, before.Revision + 1) } : this;

    /// <summary>What was answered stays, what was said goes.</summary>
    public Presentation Forget() => this with { Message = null, Answers = [.. Answers.Select(answer => answer with { Reason = "" })] };
}
