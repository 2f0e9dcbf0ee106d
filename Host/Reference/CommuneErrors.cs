using MilleCafes.Shared;

namespace MilleCafes.Host.Reference;

internal static class CommuneErrors
{
    public static readonly Error Unknown = Error.NotFound("reference.commune_unknown", "Aucune commune ne porte, ni n'a porté, ce code INSEE.", "No commune has, or ever had, this INSEE code.");
}
