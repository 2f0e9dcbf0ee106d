using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

internal sealed record CafeCommuneView(
    [property: Described("Code INSEE de la commune actuelle", "INSEE code of the present commune", Example = "\"12268\"")] string InseeCode,
    [property: Described("Nom officiel", "Official name", Example = "\"Sénergues\"")] string Name,
    [property: Described("Code du département", "Code of the département", Example = "\"12\"")] string Departement);

internal sealed record CafeEligibilityReasonView(
    [property: Described("Le critère du programme", "The programme's criterion")] CafeEligibilityCriterion Criterion,
    [property: Described("Vrai si le critère est rempli", "Whether the criterion is met", Example = "true")] bool Met,
    [property: Described("La raison, en toutes lettres", "The reason, spelled out", Example = "\"La commune a moins de 3 500 habitants.\"", EnglishExample = "\"The commune has fewer than 3,500 residents.\"")] string Text);

internal sealed record CafeEligibilityOverrideView(
    [property: Described("Motif écrit de la dérogation ; pour l'équipe", "Written reason of the override; for the team")][property: PersonalData] string Reason,
    [property: Described("Instant de la dérogation", "When it was decided")] DateTimeOffset At);

internal sealed record CafeEligibilityView(
    [property: Described("Vrai si tous les critères sont remplis", "Whether every criterion is met", Example = "true")] bool Eligible,
    [property: Described("Tous les critères, remplis ou non", "Every criterion, met or not")] IReadOnlyList<CafeEligibilityReasonView> Reasons,
    [property: Described("Population municipale officielle", "Official municipal population", Example = "423")] int Population,
    [property: Described("Année du registre officiel", "Year of the official registry", Example = "2026")] int RegistryYear,
    [property: Described("Quand les faits ont été jugés", "When the facts were judged")] DateTimeOffset JudgedAt,
    [property: Described("La dérogation de l'équipe, s'il y en a une", "The team's override, if there is one")] CafeEligibilityOverrideView? Override);

internal sealed record CafeCandidatureEventView(
    [property: Described("L'acte", "The act", Example = "\"submitted\"")] string Act,
    [property: Described("Son instant", "When")] DateTimeOffset At,
    [property: Described("Le client qui a agi", "The client that acted", Example = "\"00000000-0000-7000-8000-000000000001\"")] string Actor,
    [property: Described("Le motif, pour les actes qui en demandent un", "The reason, for acts that need one", Example = "null")][property: PersonalData] string? Reason,
    [property: Described("Ce que l'acte ne dit pas seul : un ancien code", "What the act alone does not tell: a former code", Example = "null")] string? Detail);

/// <summary>The candidature of a café as the API shows it.</summary>
internal sealed record CafeCandidatureView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("Où en est la candidature", "Where the candidature stands")] CafeCandidatureStatus Status,
    [property: Described("SIRET du café", "SIRET of the café", Example = "\"73282932000074\"")] string Siret,
    [property: Described("La commune", "The commune")] CafeCommuneView Commune,
    [property: Described("Éligibilité, calculée à partir du registre officiel", "Eligibility, computed from the official registry")] CafeEligibilityView Eligibility,
    [property: Described("Nom du café", "Name of the café", Example = "\"Café de la Place\"")] string CafeName,
    [property: Described("Le gérant porte le dossier", "The gérant carries the file", Example = "true")] bool CarriedByGerant,
    [property: Described("C'est le dernier café ouvert de la commune", "It is the last café open in the commune", Example = "true")] bool LastCafeOfCommune,
    [property: Described("Espace dédié", "Dedicated space", Example = "\"cafeBar\"")] DedicatedSpace DedicatedSpace,
    [property: Described("Licence de débit de boissons", "Licence for drinks", Example = "\"licenceIv\"")] DrinksLicence Licence,
    [property: Described("Ce qui fragilise le café", "What weakens the café", Example = "[\"isolation\"]")] IReadOnlyList<WeakeningCause> Causes,
    [property: Described("La même chose, en quelques mots ; absent pour qui ne peut lire les données personnelles", "The same, in a few words; left out for those who may not read personal data", Example = "\"Peu de passage en hiver.\"")][property: PersonalData] string? Weakness,
    [property: Described("Les années, la plus récente en dernier", "The years, the latest last")] IReadOnlyList<CafeYearView> Years,
    [property: Described("L'interlocuteur ; absent pour qui ne peut lire les données personnelles, et une fois effacé", "The contact; left out for those who may not read personal data, and once it is erased")][property: PersonalData] CafeContactView Contact,
    [property: Described("Tout ce qui a été fait, dans l'ordre", "All that was done, in order")] IReadOnlyList<CafeCandidatureEventView> History,
    [property: Described("Les autres candidatures, en cours ou acceptées, qui se disent le dernier café de cette commune ; pour l'équipe, quand une seule est lue ou modifiée", "The other candidatures, open or accepted, that say to be the last café of this commune; for the team, when one alone is read or changed")] IReadOnlyList<Guid>? OtherLastCafes,
    [property: Described("Année d'ouverture, quand elle est dite", "Year of opening, when it is told", Example = "null")] int? OpenedIn,
    [property: Described("Évaluations précédentes, dans l'ordre", "Earlier evaluations, in order")] IReadOnlyList<CafeEligibilityView> EarlierEligibilities)
{
    /// <summary>What this holder is shown: why the team overrides a criterion is its own.</summary>
    public static CafeCandidatureView Of(CafeCandidature candidature, Holder holder, IReadOnlyList<Guid>? otherLastCafes = null) => new(
        candidature.Id,
        candidature.Revision,
        candidature.Status,
        candidature.Siret,
        new(candidature.InseeCode, candidature.CommuneName, candidature.Departement),
        EligibilityOf(candidature.Eligibility, candidature.Override, holder.IsStaff),
        candidature.Facts.CafeName,
        candidature.Facts.CarriedByGerant,
        candidature.Facts.LastCafeOfCommune,
        candidature.Facts.DedicatedSpace,
        candidature.Facts.Licence,
        candidature.Facts.Causes,
        candidature.Facts.Weakness,
        [.. candidature.Facts.Years.Select(year => new CafeYearView(year.Year, year.RevenueCents, year.CostsCents, year.DaysOpen))],
        candidature.Facts.Contact is var contact && contact == CafeContact.Nobody ? null! : new(contact.Name, contact.Email, contact.Phone),
        [.. candidature.History.Select(done => new CafeCandidatureEventView(done.Act, done.At, done.Actor, holder.IsStaff || done.TellsReason ? done.Reason : null, done.Detail))],
        otherLastCafes,
        candidature.Facts.OpenedIn,
        [.. candidature.EarlierEligibilities.Select(earlier => EligibilityOf(earlier))]);

    private static CafeEligibilityView EligibilityOf(CafeEligibility eligibility, CafeEligibilityOverride? decided = null, bool whole = false) => new(
        eligibility.Eligible,
        [.. eligibility.Reasons.Select(reason => new CafeEligibilityReasonView(reason.Criterion, reason.Met, reason.Text))],
        eligibility.Population,
        eligibility.RegistryYear,
        eligibility.JudgedAt,
        decided is not null ? new(whole ? decided.Reason : null!, decided.At) : null);
}
