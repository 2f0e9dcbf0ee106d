using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>The table of this folder: an index in the list's own order for each filter.</summary>
internal static class CafeCandidatureTables
{
    public static void AddCafeCandidatures(this MartenRegistry documents) => documents.Listed<CafeCandidature>()
        .Index([candidature => candidature.Status, candidature => candidature.Id])
        .Index([candidature => candidature.InseeCode, candidature => candidature.Id])
        .Index([candidature => candidature.Departement, candidature => candidature.Id])
        .Index([candidature => candidature.Siret, candidature => candidature.Id])
        .Index([candidature => candidature.EligibleKey, candidature => candidature.Id])
        .Index([candidature => candidature.SubmittedBy, candidature => candidature.Id])
        .UniqueIndex(candidature => candidature.OpenSiret!);
}
