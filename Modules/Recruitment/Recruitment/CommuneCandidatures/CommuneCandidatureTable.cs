using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The indexes of candidatures: each filter of the list in each of its orders, so that a page costs the same however many there are.</summary>
internal static class CommuneCandidatureTable
{
    public static void AddCommuneCandidatures(this MartenRegistry documents) => documents.Listed<CommuneCandidature>()
        .Index(candidature => candidature.InseeCode)
        .UniqueIndex(candidature => candidature.OpenInseeCode!)
        .Index(candidature => candidature.RankKey)
        .Index(candidature => candidature.RankedBy!)
        .Index(candidature => candidature.FiledUnder!)
        .Index([candidature => candidature.Status, candidature => candidature.Id])
        .Index([candidature => candidature.Status, candidature => candidature.RankKey])
        .Index([candidature => candidature.AntenneKey, candidature => candidature.Id])
        .Index([candidature => candidature.AntenneKey, candidature => candidature.RankKey])
        .Index([candidature => candidature.OfNone!, candidature => candidature.Id])
        .Index([candidature => candidature.OfNone!, candidature => candidature.RankKey])
        .Index([candidature => candidature.Departement, candidature => candidature.Id])
        .Index([candidature => candidature.Departement, candidature => candidature.RankKey])
        .Index([candidature => candidature.EligibleKey, candidature => candidature.Id])
        .Index([candidature => candidature.EligibleKey, candidature => candidature.RankKey])
        // Antennes that were asked for an opinion, of which there may be several
        .GinIndexJsonData()
        .Index([candidature => candidature.WaitingFor, candidature => candidature.Id])
        .Index([candidature => candidature.WaitingFor, candidature => candidature.RankKey]);
}
