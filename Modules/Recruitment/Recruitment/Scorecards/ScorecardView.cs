using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

internal sealed record ObservationView(
    [property: Described("Le comportement", "The behaviour")] Behaviour Behaviour,
    [property: Described("De 1, rarement, à 4, toujours ; nul : non observé", "From 1, seldom, to 4, always; null: not observed", Example = "3")] int? Level,
    [property: Described("Ce qui a été vu", "What was seen", Example = "\"A servi vingt couverts sans hausser le ton.\"")][property: PersonalData] string? Note);

[ShownAs(null)]
internal sealed record ObserverView(
    [property: Described("Identifiant de l'observateur dans cette grille", "Id of the observer in this scorecard")] Guid Id,
    [property: Described("Ce qu'il est", "What they are")] ObserverRole Role,
    [property: Described("Le client dont la clé observe", "The client whose key observes")] Guid ClientId,
    [property: Described("Instant de l'invitation", "When they were invited")] DateTimeOffset InvitedAt,
    [property: Described("Instant où il a donné ses observations ; nul tant qu'on l'attend", "When they gave their observations; null while they are waited for")] DateTimeOffset? GivenAt,
    [property: Described("Faux quand ce client n'existe pas ou est suspendu : il est à remplacer ; nul quand on n'attend plus rien de lui", "False when there is no such client, or it is disabled: it is to be replaced; null when it is waited for no more", Example = "true")] bool? CanAnswer,
    [property: Described("Ses observations ; avant le dévoilement, chacun ne lit que les siennes ; l'équipe lit toutes celles qui ont été données dès que le candidat est retenu ou ne va pas plus loin, sauf qui n'a pas donné les siennes ; les autres, d'un candidat qui ne va pas plus loin, ne lisent que les leurs", "Their observations; before the reveal, everyone reads their own only; the team reads all that were given once the candidate is retained or goes no further, but for whoever has not given theirs; of whoever goes no further, others read their own only")][property: PersonalData(Unless = nameof(ObserverView.IsOwn))] IReadOnlyList<ObservationView>? Observations,
    [property: Described("L'observateur qui le remplace", "The observer who replaces them")] Guid? ReplacedBy,
    [property: Described("Motif du remplacement, pour l'équipe", "Reason of the replacement, for the team")][property: PersonalData] string? ReplacedBecause)
{
    /// <summary>Whether the reader is this observer.</summary>
    internal bool IsOwn { get; init; }
}

internal sealed record BehaviourView(
    [property: Described("Le comportement", "The behaviour")] Behaviour Behaviour,
    [property: Described("Le comportement, en toutes lettres", "The behaviour, spelled out", Example = "\"Écoute avant de répondre\"", EnglishExample = "\"Listens before answering\"")] string Text,
    [property: Described("Le plus bas des niveaux observés ; nul avant le dévoilement", "The lowest level observed; null before the reveal", Example = "2")][property: PersonalData] int? Lowest,
    [property: Described("Le plus haut des niveaux observés ; nul avant le dévoilement", "The highest level observed; null before the reveal", Example = "4")][property: PersonalData] int? Highest,
    [property: Described("Combien l'ont observé ; nul avant le dévoilement", "How many observed it; null before the reveal", Example = "3")] int? Observers);

/// <summary>A scorecard as one reader may see it; there is no total, on purpose.</summary>
internal sealed record ScorecardView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("La candidature de gérant", "The gérant candidature")] Guid CandidatureId,
    [property: Described("Instant du dévoilement : le dernier des observateurs invités, deux au moins, a donné ses observations", "When it was revealed: the last of those invited, two at least, gave theirs")] DateTimeOffset? RevealedAt,
    [property: Described("Les observateurs", "The observers")] IReadOnlyList<ObserverView> Observers,
    [property: Described("Chaque comportement, avec l'écart entre les regards ; il n'y a pas de total", "Each behaviour, with the spread between those who looked; there is no total")] IReadOnlyList<BehaviourView> Behaviours)
{
    /// <param name="reader">The client that reads; blind to others' until all have given theirs.</param>
    /// <param name="enabled">Those of the observers' clients whose keys open something.</param>
    /// <param name="team">Whether the reader is of the team.</param>
    public static ScorecardView For(Scorecard card, Guid reader, IReadOnlyList<Guid> enabled, bool team = false) => new(
        card.Id,
        card.Revision,
        card.CandidatureId,
        card.RevealedAt,
        [
            .. card.Observers.Select(observer => Of(
                observer, IsShown(card, observer, reader, team) || (team && IsOpenTo(card, observer, reader)), observer.ClientId == reader, team, card.Awaits(observer) && !card.Decided ? enabled.Contains(observer.ClientId) : null)),
        ],
        [.. Scorecards.Behaviours.All.Select(behaviour => SpreadOf(card, behaviour, team))]);

    /// <summary>For a copy: all that was given, also by those who were replaced; of what is not revealed, the team reads it once it is decided, and no observer who is still to give theirs does.</summary>
    /// <param name="reader">The candidate, whose it is, or somebody of the team.</param>
    /// <param name="decided">Whether the team has made up its mind.</param>
    public static ScorecardView Whole(Scorecard card, Holder reader, bool decided)
    {
        var (client, isOpen) = (reader.ClientId, reader.Kind == HolderKind.Public || card.RevealedAt is not null || (decided && !card.AwaitsFrom(reader.ClientId)));
        return For(card, client, [], team: true) with
        {
            Observers = [.. card.Observers.Select(observer => Of(observer, observer.GivenAt is not null && (isOpen || IsShown(card, observer, client, team: true)), observer.ClientId == client, true, null))],
        };
    }

    // What a replaced observer gave was never part of the reveal; one of the team, who still sees the scorecard, reads their own again
    private static bool IsShown(Scorecard card, Observer observer, Guid reader, bool team) =>
        observer.GivenAt is not null && (observer.ClientId == reader || (IsRevealedTo(card, team) && observer.ReplacedBy is null));

    private static bool IsRevealedTo(Scorecard card, bool team) => card.RevealedAt is not null && (team || !card.Left);

    // Once there is nothing left to decide; whoever would give theirs after a correction stays blind
    private static bool IsOpenTo(Scorecard card, Observer observer, Guid reader) =>
        card.Decided && observer is { GivenAt: not null, ReplacedBy: null } && !card.AwaitsFrom(reader);

    private static ObserverView Of(Observer observer, bool shown, bool own, bool team, bool? canAnswer) => new(
        observer.Id,
        observer.Role,
        observer.ClientId,
        observer.InvitedAt,
        observer.GivenAt,
        canAnswer,
        shown ? [.. observer.Observations.Select(one => new ObservationView(one.Behaviour, one.Level, one.Note))] : null,
        observer.ReplacedBy?.ObserverId,
        team ? observer.ReplacedBy?.Reason : null)
    {
        IsOwn = own,
    };

    private static BehaviourView SpreadOf(Scorecard card, Behaviour behaviour, bool team)
    {
        var levels = !IsRevealedTo(card, team) ? null : card.Observers.Where(observer => observer.ReplacedBy is null)
            .SelectMany(observer => observer.Observations).Where(one => one.Behaviour == behaviour).Select(one => one.Level).OfType<int>().ToList();
        return new(behaviour, Scorecards.Behaviours.TextOf(behaviour), levels is [_, ..] ? levels.Min() : null, levels is [_, ..] ? levels.Max() : null, levels?.Count);
    }
}
