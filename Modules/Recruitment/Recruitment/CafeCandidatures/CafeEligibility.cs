using System.Collections.Immutable;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>What an existing café must fulfil to apply (support for existing cafés).</summary>
internal enum CafeEligibilityCriterion
{
    FewerThan3500Residents,
    CarriedByGerant,
    LastCafeOfCommune,
    DedicatedSpace,
}

internal sealed record CafeEligibilityReason(CafeEligibilityCriterion Criterion, bool Met)
{
    public string Text => (Criterion, Met) switch
    {
        (CafeEligibilityCriterion.FewerThan3500Residents, true) => Language.Choose("La commune a moins de 3 500 habitants.", "The commune has fewer than 3,500 residents."),
        (CafeEligibilityCriterion.FewerThan3500Residents, false) => Language.Choose("La commune a 3 500 habitants ou plus.", "The commune has 3,500 residents or more."),
        (CafeEligibilityCriterion.CarriedByGerant, true) => Language.Choose("Le gérant porte le dossier.", "The gérant carries the file."),
        (CafeEligibilityCriterion.CarriedByGerant, false) => Language.Choose("Le gérant ne porte pas le dossier.", "The gérant does not carry the file."),
        (CafeEligibilityCriterion.LastCafeOfCommune, true) => Language.Choose("C'est le dernier café ouvert de la commune.", "It is the last café open in the commune."),
        (CafeEligibilityCriterion.LastCafeOfCommune, false) => Language.Choose("La commune a un autre café ouvert.", "The commune has another open café."),
        (_, true) => Language.Choose("Il a un espace de café-bar ou de salon de thé.", "It has a café-bar or tea-room space."),
        (_, false) => Language.Choose("Il n'a pas d'espace de café-bar ni de salon de thé.", "It has neither a café-bar nor a tea-room space."),
    };
}

/// <summary>Why a café may be taken in although a criterion is not met.</summary>
internal sealed record CafeEligibilityOverride([property: PersonalData] string Reason, string Actor, DateTimeOffset At);

/// <summary>Whether the café may be taken in, with every reason, and the figures it was judged by.</summary>
/// <param name="Population">Official municipal population of the commune, in residents.</param>
/// <param name="RegistryYear">Year of the official registry that gave the population.</param>
internal sealed record CafeEligibility(ImmutableArray<CafeEligibilityReason> Reasons, int Population, int RegistryYear, DateTimeOffset JudgedAt)
{
    public bool Eligible => Reasons.All(reason => reason.Met);

    internal IEnumerable<CafeEligibilityCriterion> Unmet => Reasons.Where(reason => !reason.Met).Select(reason => reason.Criterion);

    /// <summary>A licence is not asked for; « fewer than 3 500 » is strict.</summary>
    public static CafeEligibility Of(Commune commune, int registryYear, CafeFacts facts, DateTimeOffset now) => new(
        [
            new(CafeEligibilityCriterion.FewerThan3500Residents, commune.Eligible),
            new(CafeEligibilityCriterion.CarriedByGerant, facts.CarriedByGerant),
            new(CafeEligibilityCriterion.LastCafeOfCommune, facts.LastCafeOfCommune),
            new(CafeEligibilityCriterion.DedicatedSpace, facts.DedicatedSpace is not DedicatedSpace.None),
        ],
        commune.Population,
        registryYear,
        now);
}
