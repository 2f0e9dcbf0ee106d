using MilleCafes.Shared;

namespace MilleCafes.Accompaniment.CafeProjects;

internal sealed record ProjectCommune(
    [property: Described("Code INSEE", "INSEE code", Example = "\"12268\"")] string InseeCode,
    [property: Described("Nom officiel", "Official name", Example = "\"Sénergues\"")] string Name,
    [property: Described("Code du département", "Code of the département", Example = "\"12\"")] string Departement);

/// <summary>A café project as the API shows it.</summary>
internal sealed record CafeProjectView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("Phase du cycle de vie", "Phase of the life cycle")] ProjectPhase Phase,
    [property: Described("Par quoi il commence : une étude de faisabilité, ou un diagnostic pour un café existant", "What it starts with: a feasibility study, or a diagnosis for an existing café")] ProjectBeginning StartsWith,
    [property: Described("La commune", "The commune")] ProjectCommune Commune,
    [property: Described("La candidature d'où vient le projet", "The candidature it comes from")] Guid CandidatureId,
    [property: Described("Instant d'ouverture du projet", "When the project was opened")] DateTimeOffset OpenedAt)
{
    public static CafeProjectView Of(CafeProject project) => new(
        project.Id, project.Revision, project.Phase, project.StartsWith, new(project.InseeCode, project.CommuneName, project.Departement), project.CandidatureId, project.OpenedAt);
}
