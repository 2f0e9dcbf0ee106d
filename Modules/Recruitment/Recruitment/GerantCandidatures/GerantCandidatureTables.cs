using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The tables of this folder: an index in the list's own order for each filter, so that a page costs the same however long the list is.</summary>
internal static class GerantCandidatureTables
{
    public static void AddGerantCandidatures(this MartenRegistry documents)
    {
        documents.Listed<GerantCandidature>()
            .Index([one => one.Stage, one => one.Id])
            .Index([one => one.Stage, one => one.Departement!, one => one.Id])
            .Index([one => one.Stage, one => one.Antenne!, one => one.Id])
            .Index([one => one.Unconfirmed!, one => one.Id])
            .Index([one => one.OfferId!, one => one.Id])
            .Index([one => one.Departement!, one => one.Id])
            .Index([one => one.Antenne!, one => one.Id])
            .Index(one => one.FiledUnder!)
            .Index([one => one.Source.ClientId!, one => one.Id])
            .Index([one => one.Source.ClientId!, one => one.Stage, one => one.Id])
            .Index([one => one.Source.Name!, one => one.Id])
            .Index([one => one.PresentedIn!, one => one.Id])
            .Index([one => one.EmailKey!, one => one.Id])
            .Index([one => one.PhoneKey!, one => one.Id])
            // Addresses and numbers of what became part of it
            .GinIndexJsonData()
            .Index(one => one.SilentKey)
            .Index(one => one.DeclinedKey)
            .Index(one => one.Installation!.CafeId!)
            .Index(one => one.Installation!.InseeCode)
            .Duplicate(one => one.FunnelLine)
            .Index(one => one.ConfirmedAt!)
            .Index(one => one.ConfirmBefore!)
            .UniqueIndex(one => one.PendingKey!)
            .UniqueIndex(one => one.SentKey!);
        documents.For<CandidateLink>().UseNumericRevisions(true).UniqueIndex(link => link.Hash).Index(link => link.CandidatureId).Index(link => link.ExpiresAt!);
    }
}
