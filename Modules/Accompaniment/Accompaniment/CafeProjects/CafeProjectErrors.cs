using MilleCafes.Shared;

namespace MilleCafes.Accompaniment.CafeProjects;

internal static class CafeProjectErrors
{
    public static readonly Error Unknown = Error.NotFound("accompaniment.project_unknown", "Ce projet n'existe pas.", "There is no such project.");
}
