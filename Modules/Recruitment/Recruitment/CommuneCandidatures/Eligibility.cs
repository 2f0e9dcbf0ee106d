using System.Collections.Immutable;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>What a commune must fulfil to apply (presentation of the programme, 2020).</summary>
internal enum EligibilityCriterion
{
    FewerThan3500Residents,
    NoCafeOrThreatenedOne,
    PremisesAvailable,
    CarriedByMayor,
}

internal sealed record EligibilityReason(EligibilityCriterion Criterion, bool Met);

/// <summary>The written decision of the team to take a commune in although a criterion is not met.</summary>
internal sealed record EligibilityOverride([property: PersonalData] string Reason, string Actor, DateTimeOffset At);

/// <summary>Whether the commune may be taken in, with every reason, and the figures it was judged by.</summary>
/// <param name="Population">Official municipal population of the commune, in residents.</param>
/// <param name="RegistryYear">Year of the official registry that gave the population.</param>
/// <param name="EvaluatedAt">When it was judged.</param>
internal sealed record Eligibility(ImmutableArray<EligibilityReason> Reasons, int Population, int RegistryYear, DateTimeOffset EvaluatedAt)
{
    public bool Eligible => Reasons.All(reason => reason.Met);

    internal IEnumerable<EligibilityCriterion> Unmet => Reasons.Where(reason => !reason.Met).Select(reason => reason.Criterion);

    /// <summary>Judges the facts of a candidature; « fewer than 3 500 » is strict.</summary>
    public static Eligibility Of(Commune commune, int registryYear, CandidatureFacts facts, DateTimeOffset now) => new(
        [
            new(EligibilityCriterion.FewerThan3500Residents, commune.Eligible),
            new(EligibilityCriterion.NoCafeOrThreatenedOne, facts.CafeSituation is CafeSituation.None or CafeSituation.Threatened),
            new(EligibilityCriterion.PremisesAvailable, facts.Premises.Available),
            new(EligibilityCriterion.CarriedByMayor, facts.CarriedByMayor),
        ],
        commune.Population,
        registryYear,
        now);
}
