using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

internal sealed record StayView(
    [property: Described("L'immersion", "The immersion")] Guid ImmersionId,
    [property: Described("Premier jour", "First day", Example = "\"2026-04-13\"")] DateOnly FirstDay,
    [property: Described("Dernier jour", "Last day", Example = "\"2026-04-17\"")] DateOnly LastDay);

/// <summary>A host café as the API shows it.</summary>
internal sealed record HostCafeView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("Nom du café", "Name of the café", Example = "\"Le café de Sénergues\"")] string Name,
    [property: Described("Code INSEE de sa commune", "INSEE code of its commune", Example = "\"12268\"")] string InseeCode,
    [property: Described("Nom de la commune", "Name of the commune", Example = "\"Sénergues\"")] string CommuneName,
    [property: Described("Code du département", "Code of the département", Example = "\"12\"")] string Departement,
    [property: Described("Candidats accueillis le même jour", "Candidates taken in on one day", Example = "2")] int CapacityPerDay,
    [property: Described("Langues parlées, en codes ISO 639-1", "Languages spoken, as ISO 639-1 codes", Example = "[\"fr\", \"en\"]")] IReadOnlyList<string> Languages,
    [property: Described("Le client dont la clé donne le retour du café", "The client whose key gives the café's feedback")] Guid? ClientId,
    [property: Described("Les jours déjà donnés", "The days given away already")] IReadOnlyList<StayView> Stays,
    [property: Described("Instant où le café a cessé d'accueillir", "When the café ceased to take in")] DateTimeOffset? ClosedAt,
    [property: Described("Motif", "Reason")] string? ClosedBecause)
{
    public static HostCafeView Of(HostCafe cafe) => new(
        cafe.Id,
        cafe.Revision,
        cafe.Name,
        cafe.InseeCode,
        cafe.CommuneName,
        cafe.Departement,
        cafe.CapacityPerDay,
        cafe.Languages,
        cafe.ClientId,
        [.. cafe.Stays.OrderBy(stay => stay.FirstDay).Select(stay => new StayView(stay.ImmersionId, stay.FirstDay, stay.LastDay))],
        cafe.ClosedAt,
        cafe.ClosedBecause);
}

internal sealed record FeedbackView(
    [property: Described("Le retour", "The feedback", Example = "\"À l'aise au comptoir dès le deuxième jour.\"")][property: PersonalData] string Text,
    [property: Described("Instant", "When")] DateTimeOffset GivenAt,
    [property: Described("La clé qui l'a écrit", "The key that wrote it", Example = "\"00000000-0000-7000-8000-000000000001\"")] string Actor);

internal sealed record ImmersionEventView(
    [property: Described("L'acte", "The act", Example = "\"booked\"")] string Act,
    [property: Described("Son instant", "When")] DateTimeOffset At,
    [property: Described("La clé qui a agi ; nulle pour le candidat", "The key that acted; null for the candidate", Example = "\"00000000-0000-7000-8000-000000000001\"")] string? Actor,
    [property: Described("Le motif", "The reason")][property: PersonalData] string? Reason);

/// <summary>An immersion as the API shows it.</summary>
internal sealed record ImmersionView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("La candidature de gérant", "The gérant candidature")] Guid CandidatureId,
    [property: Described("Le nom du candidat ; nul d'une personne effacée, et pour le café quand elle ne va pas plus loin", "The candidate's name; null of a person who was erased, and for the café once they go no further", Example = "\"Camille Exemple\"")][property: PersonalData] string? CandidateName,
    [property: Described("Le café d'accueil", "The host café")] Guid HostCafeId,
    [property: Described("Premier jour", "First day", Example = "\"2026-04-13\"")] DateOnly FirstDay,
    [property: Described("Dernier jour", "Last day", Example = "\"2026-04-17\"")] DateOnly LastDay,
    [property: Described("Où en est l'immersion", "Where the immersion stands")] ImmersionStatus Status,
    [property: Described("Le retour du café", "The café's feedback")] FeedbackView? HostFeedback,
    [property: Described("Le retour du candidat ; nul pour le café quand il ne va pas plus loin", "The candidate's feedback; null for the café once they go no further")] FeedbackView? CandidateFeedback,
    [property: Described("Tout ce qui a été fait, dans l'ordre", "All that was done, in order")] IReadOnlyList<ImmersionEventView> History)
{
    /// <summary>What this holder is shown: a host café, nothing of whoever goes no further.</summary>
    public static ImmersionView Of(Immersion immersion, Holder holder) => Shown(immersion, holder.Kind != HolderKind.Gerant || !immersion.Left);

    private static ImmersionView Shown(Immersion immersion, bool whole) => new(
        immersion.Id,
        immersion.Revision,
        immersion.CandidatureId,
        whole ? immersion.CandidateName : null,
        immersion.HostCafeId,
        immersion.FirstDay,
        immersion.LastDay,
        immersion.Status,
        Shown(immersion.HostFeedback),
        whole ? Shown(immersion.CandidateFeedback) : null,
        [.. immersion.History.Select(done => new ImmersionEventView(done.Act, done.At, done.Actor, whole ? done.Reason : null))]);

    private static FeedbackView? Shown(Feedback? feedback) => feedback is null ? null : new(feedback.Text, feedback.GivenAt, feedback.Actor);
}
