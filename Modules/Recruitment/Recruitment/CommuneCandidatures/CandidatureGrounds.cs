using Marten;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The code and the name that a letter was sent under, when the commune has others today.</summary>
internal sealed record SentAs(string InseeCode, string? Name);

/// <summary>What a candidature is judged by: the commune as it is today, its antenne, and the weights in force.</summary>
internal sealed record CandidatureGround(Commune Commune, int RegistryYear, Antenne? Antenne, PriorityWeights Weights, SentAs? SentAs = null);

/// <summary>Finds the ground of a candidature.</summary>
internal sealed class CandidatureGrounds(CommuneRegistry communes, Antennes antennes, PriorityWeights weights)
{
    /// <summary>The ground under a code, in use or not; none when no commune has it.</summary>
    public CandidatureGround? Find(string? inseeCode) => communes.Find(inseeCode) is { Commune: var commune } match
        ? new(commune, communes.RegistryYear, antennes.Of(commune.Departement), weights, match.RequestedCode == commune.InseeCode ? null : new(match.RequestedCode, match.RequestedName))
        : null;

    /// <summary>The ground of a candidature: its commune, or the one that it has merged into.</summary>
    public CandidatureGround Of(CommuneCandidature candidature) =>
        Find(candidature.InseeCode) ?? throw new InvalidOperationException($"The registry has forgotten the code {candidature.InseeCode}.");

    /// <summary>Every code that has led to this commune, its own first.</summary>
    public IReadOnlyList<string> CodesOf(Commune commune) => communes.CodesOf(commune.InseeCode);
}

/// <summary>What a decision asks of other candidatures; it sees those that the holder sees.</summary>
internal static class OtherCandidatures
{
    /// <summary>The open candidature of a commune, other than this one.</summary>
    public static async Task<Guid?> FindOpenAsync(this ModuleSession<IRecruitmentStore> session, string inseeCode, Guid? except, CancellationToken token)
    {
        var open = await session.Query<CommuneCandidature>().Where(other => other.OpenInseeCode == inseeCode).FirstOrDefaultAsync(token);
        return open is not null && open.Id != except ? open.Id : null;
    }

    /// <summary>Whether the network took a commune in already, under whichever of its codes.</summary>
    public static Task<bool> IsTakenInAsync(this ModuleSession<IRecruitmentStore> session, IReadOnlyList<string> codes, Guid except, CancellationToken token)
    {
        var any = codes.ToArray();
        return session.Query<CommuneCandidature>()
            .AnyAsync(other => other.InseeCode.IsOneOf(any) && other.Status == CommuneCandidatureStatus.Accepted && other.Id != except, token);
    }
}
