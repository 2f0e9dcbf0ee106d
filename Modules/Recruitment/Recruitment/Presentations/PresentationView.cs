using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Presentations;

internal sealed record GivenAnswerView(
    [property: Described("La réponse", "The answer")] MairieAnswer Answer,
    [property: Described("Le motif ; absent pour la mairie quand le candidat ne va pas plus loin", "The reason; left out for the mairie once the candidate goes no further", Example = "\"Le conseil l'a rencontrée deux fois.\"")][property: PersonalData] string Reason,
    [property: Described("Instant", "When")] DateTimeOffset At,
    [property: Described("La clé qui l'a écrite", "The key that wrote it", Example = "\"00000000-0000-7000-8000-000000000001\"")] string Actor,
    [property: Described("Comment l'équipe l'a sue ; nul quand la mairie a répondu elle-même", "How the team came to know it; null when the mairie answered itself")] ToldBy? ToldBy);

/// <summary>A presentation as the API shows it.</summary>
internal sealed record PresentationView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("La candidature de gérant", "The gérant candidature")] Guid CandidatureId,
    [property: Described("L'offre de gérance", "The gérance offer")] Guid OfferId,
    [property: Described("Code INSEE de la commune", "INSEE code of the commune", Example = "\"12268\"")] string InseeCode,
    [property: Described("Code du département", "Code of the département", Example = "\"12\"")] string Departement,
    [property: Described("Instant de la présentation", "When it was presented")] DateTimeOffset PresentedAt,
    [property: Described("La clé qui a présenté", "The key that presented", Example = "\"00000000-0000-7000-8000-000000000001\"")] string PresentedBy,
    [property: Described("Ce que l'équipe dit du candidat à la mairie, tant qu'il est sur le parcours", "What the team tells the mairie of the candidate, while they are on the path")][property: PersonalData] string? Message,
    [property: Described("La dernière réponse de la mairie", "The mairie's last answer")] MairieAnswer? Answer,
    [property: Described("Toutes ses réponses, dans l'ordre", "All its answers, in order")] IReadOnlyList<GivenAnswerView> Answers,
    [property: Described("Instant où une autre présentation l'a remplacée", "When another presentation replaced it")] DateTimeOffset? ReplacedAt)
{
    /// <summary>What this holder is shown: a mairie, nothing of whoever goes no further.</summary>
    public static PresentationView Of(Presentation presentation, Holder holder) => Shown(presentation, holder.Kind != HolderKind.Mairie || !presentation.Left);

    private static PresentationView Shown(Presentation presentation, bool whole) => new(
        presentation.Id,
        presentation.Revision,
        presentation.CandidatureId,
        presentation.OfferId,
        presentation.InseeCode,
        presentation.Departement,
        presentation.PresentedAt,
        presentation.PresentedBy,
        whole ? presentation.Message : null,
        presentation.Answer,
        [.. presentation.Answers.Select(given => new GivenAnswerView(given.Answer, whole ? given.Reason : null!, given.At, given.Actor, given.ToldBy))],
        presentation.ReplacedAt);
}
