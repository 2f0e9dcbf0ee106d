using Marten;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>Whoever was in post in a café that becomes vacant has left, so that their data is not kept for ever.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class EndPostOnGeranceVacatedHandler
{
    /// <summary>A post that has an end keeps it.</summary>
    public static async Task Handle(GeranceVacated message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        var (cafe, day, now) = (message.CafeId, LocalDays.Of(message.VacatedAt), time.GetUtcNow());
        var there = await session.Query<GerantCandidature>().Where(one => one.Installation!.CafeId == cafe && one.DeletedAt == null).ToListAsync(cancellationToken);
        var leaving = there.Any(IsInPost) ? there.Where(IsInPost) : await UnnamedAsync(message, there.Max(one => one.Installation!.EndedOn), session, cancellationToken);
        foreach (var gerant in leaving.ToList())
        {
            if (!gerant.EndPost(day, null, now).IsRefused(out _))
            {
                session.Change(gerant, gerant.EndPost(day, null, now).Value);
            }
        }
    }

    /// <summary>The one who was installed in the commune before their café had an id: nobody, when it may be another café's gérant, whose post the team ends itself.</summary>
    /// <param name="since">The last day of whoever was in this café before.</param>
    private static async Task<IEnumerable<GerantCandidature>> UnnamedAsync(GeranceVacated message, DateOnly? since, IDocumentSession session, CancellationToken token)
    {
        var (cafe, codes) = (message.CafeId, CommuneRegistry.Official.CodesOf(message.InseeCode));
        var posts = await session.Query<GerantCandidature>()
            .Where(CommuneFilter.IsOneOf<GerantCandidature>(one => one.Installation!.InseeCode, codes)).Where(one => one.DeletedAt == null).ToListAsync(token);
        var offers = await session.Query<GeranceOffer>()
            .Where(CommuneFilter.IsOneOf<GeranceOffer>(offer => offer.InseeCode, codes)).Where(offer => offer.CafeId != null && offer.CafeId != cafe).ToListAsync(token);
        var others = offers.Select(offer => offer.CafeId).Concat(posts.Select(one => one.Installation!.CafeId).Where(known => known is not null && known != cafe));
        var unnamed = posts.Where(one => IsInPost(one) && one.Installation!.CafeId is null && (since is null || one.Installation.StartsOn >= since)).ToList();
        // Of another café that has a gérant by its id, it is nobody else
        return unnamed.Count == 1 && others.All(other => posts.Any(one => IsInPost(one) && one.Installation!.CafeId == other)) ? unnamed : [];
    }

    private static bool IsInPost(GerantCandidature one) => one.Installation is { EndedOn: null };
}
