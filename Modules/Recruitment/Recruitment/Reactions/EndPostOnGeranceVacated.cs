using Marten;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>Whoever was in post in a café that becomes vacant has left, so that their data is not kept for ever.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class EndPostOnGeranceVacatedHandler
{
    /// <summary>A post that has an end keeps it.</summary>
    public static async Task Handle(GeranceVacated message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        var (cafe, commune, day, now) = (message.CafeId, message.InseeCode, LocalDays.Of(message.VacatedAt), time.GetUtcNow());
        var there = await session.Query<GerantCandidature>().Where(one => one.Installation!.CafeId == cafe && one.DeletedAt == null).ToListAsync(cancellationToken);
        if (there.Count == 0)
        {
            // Installed before the café had an id
            there = await session.Query<GerantCandidature>().Where(one => one.Installation!.InseeCode == commune && one.Installation.CafeId == null && one.DeletedAt == null).ToListAsync(cancellationToken);
        }

        foreach (var gerant in there.Where(one => one.Installation!.EndedOn is null))
        {
            if (!gerant.EndPost(day, null, now).IsRefused(out _))
            {
                session.Change(gerant, gerant.EndPost(day, null, now).Value);
            }
        }
    }
}
