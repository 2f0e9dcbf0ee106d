using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

internal sealed record ApplicantView(
    [property: Described("Une personne, un couple ou un collectif", "A person, a couple or a collective")] ApplicantForm Form,
    [property: Described("Nom de la personne, ou de qui parle pour les autres", "Name of the person, or of who speaks for the others", Example = "\"Camille Exemple\"")] string Name,
    [property: Described("Noms des autres", "Names of the others", Example = "[]")] IReadOnlyList<string> Others,
    [property: Described("Adresse électronique", "E-mail", Example = "\"camille@example.org\"")] string Email,
    [property: Described("Téléphone", "Telephone", Example = "\"06 39 98 12 34\"")] string? Phone,
    [property: Described("Code INSEE de la commune de résidence", "INSEE code of the commune of residence", Example = "\"12268\"")] string InseeCode,
    [property: Described("Nom de cette commune", "Name of that commune", Example = "\"Sénergues\"")] string CommuneName,
    [property: Described("Son département", "Its département", Example = "\"12\"")] string Departement,
    [property: Described("Ce qui donne envie de tenir ce café", "Why they wish to run this café", Example = "\"Je veux faire vivre mon village.\"")] string Motivation,
    [property: Described("Expérience ; montrée, jamais notée", "Experience; shown, never scored")] string? Experience,
    [property: Described("Diplômes ; montrés, jamais notés", "Diplomas; shown, never scored")] string? Diploma,
    [property: Described("Premier jour possible", "First possible day")] DateOnly? AvailableFrom)
{
    public static ApplicantView Of(Applicant one) => new(
        one.Form, one.Name, one.Others, one.Email, one.Phone, one.InseeCode, one.CommuneName, one.Departement, one.Motivation, one.Experience, one.Diploma, one.AvailableFrom);
}

internal sealed record GerantWishes(
    [property: Described("Régions souhaitées, par leur nom officiel", "Regions wished for, by their official names", Example = "[\"Occitanie\"]")] IReadOnlyList<string>? Regions = null,
    [property: Described("Départements souhaités", "Départements wished for", Example = "[\"12\", \"15\"]")] IReadOnlyList<string>? Departements = null,
    [property: Described("Antenne souhaitée", "Antenne wished for")] Antenne? Antenne = null);

internal sealed record CandidatureSourceView(
    [property: Described("Ce que dit le candidat, ou le partenaire pour lui", "What the candidate says, or the partner for them", Example = "\"Petites annonces\"")][property: PersonalData] string? Name,
    [property: Described("Le client qui l'a transmise ; nul pour le formulaire public", "The client that sent it; null for the public form")] Guid? ClientId);

internal sealed record ConsentView(
    [property: Described("Version du texte, ou sa référence chez le partenaire", "Version of the text, or its reference at the partner's", Example = $"\"{ConsentText.CurrentVersion}\"")][property: PersonalData(Unless = nameof(ConsentView.IsKnown))] string Version,
    [property: Described("Langue du texte", "Language of the text", Example = "\"fr\"")] string? Language,
    [property: Described("Instant de l'accord", "When it was given")] DateTimeOffset GivenAt,
    [property: Described("Vrai si la candidature peut être gardée au-delà de l'explication d'un refus", "Whether the candidature may be kept for longer than it takes to explain a refusal")] bool KeepsLonger,
    [property: Described("Quand la personne l'a dit de nouveau ; nul tant que vaut ce qu'elle a dit en donnant son accord", "When the person last said so anew; null while what they said with their consent stands", Example = "null")] DateTimeOffset? ChangedAt)
{
    /// <summary>Whether the version is of our own text, or the reference that the reader gave.</summary>
    internal bool IsKnown { get; init; }
}

internal sealed record StageChangeView(
    [property: Described("L'étape d'avant ; nulle pour la première", "The stage before; null for the first", Example = "null")] GerantStage? From,
    [property: Described("L'étape", "The stage")] GerantStage To,
    [property: Described("Quand", "When")] DateTimeOffset At,
    [property: Described("Le client qui l'a décidé, pour l'équipe ; nul quand c'est le candidat ou l'horloge", "The client that decided it, for the team; null when it was the candidate or a clock")] string? Actor,
    [property: Described("Le motif, pour l'équipe", "The reason, for the team")][property: PersonalData] string? Reason,
    [property: Described("Vrai quand une décision est corrigée", "Whether a decision is corrected", Example = "false")] bool Correction);

internal sealed record CandidatureActView(
    [property: Described("Ce qui s'est passé", "What happened")] CandidatureDeed Deed,
    [property: Described("Quand", "When")] DateTimeOffset At,
    [property: Described("Le client qui l'a fait", "The client that did it")] string? Actor,
    [property: Described("Le motif", "The reason")][property: PersonalData] string? Reason,
    [property: Described("L'autre candidature, l'offre ou la session dont il s'agit", "The other candidature, the offer or the session that it is about")] Guid? Other);

[ShownAs(nameof(GerantCandidature))]
internal sealed record AbsorbedCandidatureView(
    [property: Described("Identifiant de la candidature réunie", "Id of the candidature that was merged")] Guid Id,
    [property: Described("L'offre à laquelle elle répondait", "The offer that it answered")] Guid? OfferId,
    [property: Described("Qui l'avait déposée", "Who had applied")][property: PersonalData] ApplicantView Applicant,
    [property: Described("D'où elle venait", "Where it came from")] CandidatureSourceView Source,
    [property: Described("L'accord donné", "The consent given")] ConsentView Consent,
    [property: Described("L'étape où elle en était", "The stage that it had reached")] GerantStage Stage,
    [property: Described("Ses étapes", "Its stages")] IReadOnlyList<StageChangeView> Stages,
    [property: Described("Ses autres événements", "What else happened to it")] IReadOnlyList<CandidatureActView> Acts,
    [property: Described("Quand elle avait été confirmée", "When it had been confirmed")] DateTimeOffset? ConfirmedAt,
    [property: Described("Où la personne voulait tenir un café", "Where the person wished to run a café")][property: PersonalData] GerantWishes? Wishes,
    [property: Described("Le motif de son refus", "The reason of its refusal")] DeclineView? Decline,
    [property: Described("La formation suivie", "The training")] TrainingView? Training,
    [property: Described("Le poste pris", "The post taken")] InstallationView? Installation);

internal sealed record DeclineView(
    [property: Described("Le motif, d'une liste fermée", "The reason, of a closed list")] DeclineReason Reason,
    [property: Described("Ce qui est ajouté au motif", "What is added to the reason", Example = "\"Le café a trouvé son gérant.\"")][property: PersonalData] string? Text);

internal sealed record TrainingView(
    [property: Described("La session suivie, quand elle est connue", "The session, when it is known")] Guid? SessionId,
    [property: Described("Fin de la formation", "When it was completed")] DateTimeOffset CompletedAt);

internal sealed record InstallationView(
    [property: Described("L'offre pourvue", "The offer that is filled")] Guid? OfferId,
    [property: Described("Le café, s'il existe déjà", "The café, when there is one already")] Guid? CafeId,
    [property: Described("Code INSEE de la commune du café", "INSEE code of the café's commune", Example = "\"12268\"")] string InseeCode,
    [property: Described("Premier jour en poste", "First day in post")] DateOnly StartsOn,
    [property: Described("Dernier jour en poste ; nul tant qu'il n'est pas connu", "Last day in post; null while it is not known", Example = "null")] DateOnly? EndedOn);
