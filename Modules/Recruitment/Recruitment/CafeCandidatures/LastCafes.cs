using Marten;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>Two last cafés of one commune: the team has to ask which is.</summary>
internal static class LastCafes
{
    private const int Most = 20;

    /// <summary>The other candidatures that say the same of their café; for the team.</summary>
    public static async Task<IReadOnlyList<Guid>?> OtherLastCafesAsync(this ModuleSession<IRecruitmentStore> session, CafeCandidature candidature, Holder holder, CancellationToken token)
    {
        if (!holder.IsStaff)
        {
            return null;
        }

        return await session.Others(candidature)
            .Where(other => other.Status == CafeCandidatureStatus.Submitted || other.Status == CafeCandidatureStatus.Accepted)
            .OrderBy(other => other.Id).Take(Most).Select(other => other.Id).ToListAsync(token);
    }

    /// <summary>Whether the network has taken another of them in.</summary>
    public static Task<bool> OtherLastCafeIsInAsync(this ModuleSession<IRecruitmentStore> session, CafeCandidature candidature, CancellationToken token) =>
        session.Others(candidature).AnyAsync(other => other.Status == CafeCandidatureStatus.Accepted, token);

    private static IQueryable<CafeCandidature> Others(this ModuleSession<IRecruitmentStore> session, CafeCandidature candidature)
    {
        var (id, siret) = (candidature.Id, candidature.Siret);
        return session.Query<CafeCandidature>()
            .Where(CommuneFilter.IsOneOf<CafeCandidature>(other => other.InseeCode, CommuneRegistry.Official.CodesOf(candidature.InseeCode)))
            .Where(other => other.Siret != siret && other.Id != id && other.Facts.LastCafeOfCommune);
    }
}
