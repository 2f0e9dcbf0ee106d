using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

internal sealed record CandidatureCommune(
    [property: Described("Code INSEE de la commune actuelle", "INSEE code of the present commune", Example = "\"12268\"")] string InseeCode,
    [property: Described("Nom officiel", "Official name", Example = "\"Sénergues\"")] string Name,
    [property: Described("Code du département", "Code of the département", Example = "\"12\"")] string Departement);

internal sealed record EligibilityReasonView(
    [property: Described("Le critère du programme", "The programme's criterion")] EligibilityCriterion Criterion,
    [property: Described("Vrai si le critère est rempli", "Whether the criterion is met")] bool Met,
    [property: Described("La raison, en toutes lettres", "The reason, spelled out", Example = "\"La commune a moins de 3 500 habitants.\"", EnglishExample = "\"The commune has fewer than 3,500 residents.\"")] string Text);

internal sealed record EligibilityOverrideView(
    [property: Described("Motif écrit de la dérogation ; pour l'équipe", "Written reason of the override; for the team")][property: PersonalData] string Reason,
    [property: Described("Instant de la dérogation", "When it was decided")] DateTimeOffset At);

internal sealed record EligibilityView(
    [property: Described("Vrai si tous les critères sont remplis", "Whether every criterion is met")] bool Eligible,
    [property: Described("Tous les critères, remplis ou non", "Every criterion, met or not", Example = CandidatureExamples.Reasons, EnglishExample = CandidatureExamples.EnglishReasons)] IReadOnlyList<EligibilityReasonView> Reasons,
    [property: Described("Population municipale officielle", "Official municipal population", Example = "423")] int Population,
    [property: Described("Année du registre officiel", "Year of the official registry", Example = "2026")] int RegistryYear,
    [property: Described("La dérogation de l'équipe, s'il y en a une", "The team's override, if there is one")] EligibilityOverrideView? Override,
    [property: Described("Instant de l'évaluation", "When it was evaluated")] DateTimeOffset EvaluatedAt);

internal sealed record PriorityPartView(
    [property: Described("Ce qui est compté", "What is counted")] PriorityCriterion Criterion,
    [property: Described("Points obtenus", "Points given")] int Points,
    [property: Described("Points possibles", "Points possible")] int Maximum);

internal sealed record PriorityView(
    [property: Described("De 0 à 100 ; les plus grands d'abord", "From 0 to 100; the greatest first", Example = "100")] int Score,
    [property: Described("Le détail de la somme", "The parts of the sum", Example = CandidatureExamples.Parts)] IReadOnlyList<PriorityPartView> Parts);

internal sealed record CandidatureEventView(
    [property: Described("L'acte", "The act", Example = "\"submitted\"")] string Act,
    [property: Described("Son instant", "When")] DateTimeOffset At,
    [property: Described("La clé qui a agi ; nulle quand l'acte suit d'un réglage", "The key that acted; null when the act follows from a setting", Example = "\"00000000-0000-7000-8000-000000000001\"")] string? Actor,
    [property: Described("Le motif, pour les actes qui en demandent un", "The reason, for acts that need one")][property: PersonalData] string? Reason,
    [property: Described("Ce que l'acte ne dit pas seul : un jour, un ancien code, une antenne (ou `unassigned`), un avis", "What the act alone does not tell: a day, a former code, an antenne (or `unassigned`), an opinion", Example = "\"2023-03-14\"")] string? Detail);

/// <summary>A candidature as the API shows it.</summary>
internal sealed record CommuneCandidatureView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("Où en est la candidature", "Where the candidature stands")] CommuneCandidatureStatus Status,
    [property: Described("La commune", "The commune")] CandidatureCommune Commune,
    [property: Described("Éligibilité, calculée à partir du registre officiel", "Eligibility, computed from the official registry")] EligibilityView Eligibility,
    [property: Described("Priorité, avec son détail", "Priority, with its parts")] PriorityView Priority,
    [property: Described("Situation du café", "Situation of the café")] CafeSituation CafeSituation,
    [property: Described("Nombre d'autres commerces", "How many other shops there are", Example = "0")] int OtherShops,
    [property: Described("Le maire porte le dossier", "The mayor carries the file")] bool CarriedByMayor,
    [property: Described("Le local", "The premises")] CandidaturePremises Premises,
    [property: Described("Les habitants participent déjà", "Residents already take part")] bool ResidentsInvolved,
    [property: Described("L'interlocuteur ; absent pour qui ne peut lire les données personnelles, et une fois effacé", "The contact; left out for those who may not read personal data, and once it is erased")][property: PersonalData] CandidatureContact Contact,
    [property: Described("Tout ce qui a été fait, dans l'ordre", "All that was done, in order")] IReadOnlyList<CandidatureEventView> History,
    [property: Described("Ce que le questionnaire dit d'autre", "What else the questionnaire says")] CommuneAnswersView Answers,
    [property: Described("L'étude par l'équipe", "How the team studies it")] CommuneStudyView Study)
{
    /// <summary>What this holder is shown: what the team asks, finds and says within itself is not the mairie's.</summary>
    public static CommuneCandidatureView Of(CommuneCandidature candidature, Holder holder) => new(
        candidature.Id,
        candidature.Revision,
        candidature.Status,
        new(candidature.InseeCode, candidature.CommuneName, candidature.Departement),
        EligibilityOf(candidature, candidature.Eligibility, candidature.Override, holder.IsStaff),
        new(candidature.Priority.Score, [.. candidature.Priority.Parts.Select(part => new PriorityPartView(part.Criterion, part.Points, part.Maximum))]),
        candidature.Facts.CafeSituation,
        candidature.Facts.OtherShops,
        candidature.Facts.CarriedByMayor,
        CommuneAnswersView.PremisesOf(candidature.Facts.Premises),
        candidature.Facts.ResidentsInvolved,
        candidature.Facts.Contact is var contact && contact == CommuneCandidatures.Contact.Nobody ? null! : new(contact.Name, contact.Role, contact.Email, contact.Phone),
        [.. candidature.History.Where(done => holder.IsStaff || !done.IsInternal)
            .Select(done => new CandidatureEventView(done.Act, done.At, done.Actor, holder.IsStaff || done.TellsReason ? done.Reason : null, done.ToldDetail))],
        CommuneAnswersView.Of(candidature.Facts),
        CommuneStudyView.Of(candidature, holder));

    public static EligibilityView EligibilityOf(CommuneCandidature candidature, Eligibility eligibility, EligibilityOverride? decided = null, bool whole = false) => new(
        eligibility.Eligible,
        [.. eligibility.Reasons.Select(reason => new EligibilityReasonView(reason.Criterion, reason.Met, TextOf(reason)))],
        eligibility.Population,
        eligibility.RegistryYear,
        decided is not null ? new(whole ? decided.Reason : null!, decided.At) : null,
        eligibility.EvaluatedAt == default ? candidature.History[0].At : eligibility.EvaluatedAt);

    private static string TextOf(EligibilityReason reason) => (reason.Criterion, reason.Met) switch
    {
        (EligibilityCriterion.FewerThan3500Residents, true) => Language.Choose("La commune a moins de 3 500 habitants.", "The commune has fewer than 3,500 residents."),
        (EligibilityCriterion.FewerThan3500Residents, false) => Language.Choose("La commune a 3 500 habitants ou plus.", "The commune has 3,500 residents or more."),
        (EligibilityCriterion.NoCafeOrThreatenedOne, true) => Language.Choose("La commune n'a pas de café, ou le sien est menacé.", "The commune has no café, or its café is threatened."),
        (EligibilityCriterion.NoCafeOrThreatenedOne, false) => Language.Choose("La commune a un café ouvert, que rien ne menace.", "The commune has an open café that nothing threatens."),
        (EligibilityCriterion.PremisesAvailable, true) => Language.Choose("La commune a, ou connaît, un local adapté.", "The commune has, or knows of, fit premises."),
        (EligibilityCriterion.PremisesAvailable, false) => Language.Choose("La commune ne connaît pas de local adapté.", "The commune knows of no fit premises."),
        (_, true) => Language.Choose("Le maire porte le dossier.", "The mayor carries the file."),
        (_, false) => Language.Choose("Le maire ne porte pas le dossier.", "The mayor does not carry the file."),
    };
}
