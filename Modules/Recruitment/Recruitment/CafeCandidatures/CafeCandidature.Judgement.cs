using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>What is judged again: on other facts, by another registry, for another commune.</summary>
internal sealed partial record CafeCandidature
{
    /// <summary>The café says something else of itself; saying the same again changes nothing, unless its commune has become part of another.</summary>
    public Result<CafeCandidature> Change(CafeFacts facts, Commune commune, int registryYear, string actor, DateTimeOffset now) => Open().Then<CafeCandidature>(open =>
        facts == open.Facts
            ? commune.InseeCode == open.InseeCode ? open : open.Judge(facts, commune, registryYear, actor, now)
            : open.Become(open.Status, "changed", now, actor, null).Judge(facts, commune, registryYear, actor, now));

    private CafeCandidature Judge(CafeFacts facts, Commune commune, int registryYear, string actor, DateTimeOffset now)
    {
        var eligibility = CafeEligibility.Of(commune, registryYear, facts, now);
        var moves = commune.InseeCode != InseeCode;
        var holds = Override is not null && Overrides.Hold(Eligibility.Unmet, eligibility.Unmet);
        var judged = this with
        {
            InseeCode = commune.InseeCode,
            CommuneName = commune.Name,
            Departement = commune.Departement,
            Facts = facts,
            Eligibility = eligibility,
            EarlierEligibilities = EarlierEligibilities.Add(Eligibility),
            Override = holds ? Override : null,
        };
        judged = moves ? judged.Become(Status, "communeMerged", now, actor, null, $"{InseeCode} {CommuneName} → {judged.InseeCode} {judged.CommuneName}") : judged;
        return Override is not null && !holds ? judged.Become(Status, "overrideLapsed", now, actor, null) : judged;
    }
}
