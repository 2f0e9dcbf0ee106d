using System.Collections.Immutable;
using System.Globalization;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Whom a candidature waits for.</summary>
internal enum CandidatureWait
{
    Team,
    Mairie,
    Opinion,
    Visit,
    Nobody,
}

/// <summary>What somebody thinks of a candidature.</summary>
internal enum Advice
{
    Favourable,
    Reserved,
    Unfavourable,
}

/// <summary>What the mairie is to correct, and what it answered.</summary>
internal sealed record Correction(
    [property: PersonalData] string What, DateOnly DueOn, string AskedBy, DateTimeOffset AskedAt, [property: PersonalData] string? Answer = null, string? AnsweredBy = null, DateTimeOffset? AnsweredAt = null);

/// <summary>What somebody was asked about the candidature, and what they said.</summary>
internal sealed record Opinion(
    Guid Id, [property: PersonalData] string Whom, [property: PersonalData] string Question, DateOnly DueOn, string AskedBy, DateTimeOffset AskedAt,
    Advice? Advice = null, [property: PersonalData] string? Text = null, string? GivenBy = null, DateTimeOffset? GivenAt = null)
{
    /// <summary>The antenne that was asked; null when somebody else was.</summary>
    public Antenne? Antenne { get; init; }
}

/// <summary>A day on which the team goes there, and what it found.</summary>
internal sealed record Visit(DateOnly PlannedOn, string PlannedBy, DateTimeOffset PlannedAt, DateOnly? DoneOn = null, [property: PersonalData] string? Report = null);

/// <summary>How the team studies a candidature before it answers.</summary>
internal sealed partial record CommuneCandidature
{
    /// <summary>What stands for no antenne: nothing cannot be looked up in the order of an index.</summary>
    public const string Unassigned = "None";

    /// <summary>The antenne that studies it; none in Corsica and overseas, until the team says which.</summary>
    public Antenne? Antenne { get; init; }

    /// <summary>Whether the team has chosen the antenne, so that the commune's département no longer decides.</summary>
    public bool AntenneChosen { get; init; }

    public ImmutableList<Correction> Corrections { get; init; } = [];

    public ImmutableList<Opinion> Opinions { get; init; } = [];

    public ImmutableList<Visit> Visits { get; init; } = [];

    public string AntenneKey => KeyOf(Antenne);

    /// <summary>The same for all that are of no antenne, null for all others: however few they are, an index gives a page of them.</summary>
    public string? OfNone => Antenne is null ? Unassigned : null;

    /// <summary>Whether it is eligible, as a word: what is not true cannot be looked up in an index.</summary>
    public string EligibleKey => KeyOf(Eligibility.Eligible);

    private Correction? PendingCorrection => Corrections is [.., { AnsweredAt: null } last] ? last : null;

    private ImmutableList<Opinion> PendingOpinions => Opinions.FindAll(opinion => opinion.GivenAt is null);

    /// <summary>The antennes that are still to give their opinion.</summary>
    public IReadOnlyList<string> OpinionsOf => Status == CommuneCandidatureStatus.Submitted ? [.. PendingOpinions.Where(opinion => opinion.Antenne is not null).Select(opinion => KeyOf(opinion.Antenne)).Distinct()] : [];

    private Visit? PendingVisit => Visits is [.., { DoneOn: null } last] ? last : null;

    public static string KeyOf(Antenne? antenne) => antenne?.ToString() ?? Unassigned;

    public static string KeyOf(bool eligible) => eligible ? "Yes" : "No";

    public Result<CommuneCandidature> AssignAntenne(Antenne? antenne, string? reason, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open =>
        open.Antenne == antenne && open.AntenneChosen
            ? open
            : open.Note("antenneAssigned", now, actor, reason, KeyOf(antenne)) with { Antenne = antenne, AntenneChosen = true });

    public Result<CommuneCandidature> RequestCorrections(string what, DateOnly dueOn, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open =>
        open.PendingCorrection is not null
            ? CommuneCandidatureErrors.CorrectionsPending
            : open.Note("correctionsRequested", now, actor, null, Day(dueOn)) with { Corrections = open.Corrections.Add(new(what, dueOn, actor, now)) });

    public CommuneCorrectionsRequested ToCorrectionsRequested(DateTimeOffset now) => new(Id, InseeCode, CommuneName, Departement, Corrections[^1].DueOn, now);

    public Result<CommuneCandidature> AnswerCorrections(string answer, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open =>
        open.PendingCorrection is not { } pending
            ? CommuneCandidatureErrors.NoCorrectionsPending
            : open.Note("correctionsAnswered", now, actor) with
            {
                Corrections = open.Corrections.SetItem(open.Corrections.Count - 1, pending with { Answer = answer, AnsweredBy = actor, AnsweredAt = now }),
            });

    public Result<CommuneCandidature> RequestOpinion(Opinion asked) => Open().Then<CommuneCandidature>(open =>
        open.Note("opinionRequested", asked.AskedAt, asked.AskedBy, null, Day(asked.DueOn)) with { Opinions = open.Opinions.Add(asked) });

    /// <summary>Whether somebody who writes in these départements was asked for this opinion, be the commune elsewhere.</summary>
    public bool AsksOpinionOf(IEnumerable<string> departements, Guid opinion, Antennes antennes) =>
        Opinions.Find(one => one.Id == opinion)?.Antenne is { } asked && departements.Any(departement => antennes.Of(departement) == asked);

    public Result<CommuneCandidature> GiveOpinion(Guid id, Advice advice, string? text, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open =>
        open.Opinions.FindIndex(opinion => opinion.Id == id) is var at and >= 0
            ? open.Opinions[at].GivenAt is not null
                ? CommuneCandidatureErrors.OpinionGiven
                : open.Note("opinionGiven", now, actor, null, $"{advice}") with
                {
                    Opinions = open.Opinions.SetItem(at, open.Opinions[at] with { Advice = advice, Text = text, GivenBy = actor, GivenAt = now }),
                }
            : CommuneCandidatureErrors.OpinionUnknown);

    /// <summary>Plans the visit, or the same visit for another day.</summary>
    public Result<CommuneCandidature> PlanVisit(DateOnly day, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open => open.PendingVisit switch
    {
        { PlannedOn: var planned } when planned == day => open,
        null => open.Note("visitPlanned", now, actor, null, Day(day)) with { Visits = open.Visits.Add(new(day, actor, now)) },
        { } planned => open.Note("visitMoved", now, actor, null, $"{Day(planned.PlannedOn)} → {Day(day)}") with { Visits = open.Visits.SetItem(open.Visits.Count - 1, new(day, actor, now)) },
    });

    public Result<CommuneCandidature> ReportVisit(DateOnly day, string report, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open =>
        open.PendingVisit is not { } planned
            ? CommuneCandidatureErrors.NoVisitPlanned
            : open.Note("visitDone", now, actor, null, Day(day)) with { Visits = open.Visits.SetItem(open.Visits.Count - 1, planned with { DoneOn = day, Report = report }) });

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
