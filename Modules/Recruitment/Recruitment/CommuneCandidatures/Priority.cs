using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>What brings a candidature forward.</summary>
internal enum PriorityCriterion
{
    NoOtherShop,
    CafeMissing,
    ResidentsInvolved,
    HousingForTwo,
}

/// <param name="Points">Points given, from 0 to <paramref name="Maximum"/>.</param>
internal sealed record PriorityPart(PriorityCriterion Criterion, int Points, int Maximum);

/// <summary>What each criterion weighs; 100 together.</summary>
internal sealed record PriorityWeights(int NoOtherShop, int CafeMissing, int ResidentsInvolved, int HousingForTwo)
{
    private const string Section = "Recruitment:Priority";
    private const int Together = 100;

    /// <summary>What holds when nobody sets anything.</summary>
    public static readonly PriorityWeights Usual = new(55, 20, 15, 10);

    /// <summary>The same for the same weights, and for no others.</summary>
    internal long Key => KeyOf([NoOtherShop, CafeMissing, ResidentsInvolved, HousingForTwo]);

    // A commune without any shop comes first, so this part outweighs the others together
    public bool PutsShoplessFirst => NoOtherShop > CafeMissing + ResidentsInvolved + HousingForTwo;

    public static PriorityWeights Read(SettingsReader read)
    {
        var weights = new PriorityWeights(
            read.Number($"{Section}:NoOtherShop", Usual.NoOtherShop, 0, Together),
            read.Number($"{Section}:CafeMissing", Usual.CafeMissing, 0, Together),
            read.Number($"{Section}:ResidentsInvolved", Usual.ResidentsInvolved, 0, Together),
            read.Number($"{Section}:HousingForTwo", Usual.HousingForTwo, 0, Together));
        if (weights.NoOtherShop + weights.CafeMissing + weights.ResidentsInvolved + weights.HousingForTwo != Together)
        {
            read.Refuse($"{Section} : les poids doivent faire {Together} ensemble", $"{Section}: the weights must make {Together} together");
        }
        else if (!weights.PutsShoplessFirst)
        {
            read.Refuse(
                $"{Section}:NoOtherShop doit peser plus que les autres ensemble : une commune sans commerce passe d'abord",
                $"{Section}:NoOtherShop must weigh more than the others together: a commune without any shop comes first");
        }

        return weights;
    }

    internal static long KeyOf(IEnumerable<int> weights) => weights.Aggregate(0L, (key, weight) => (key * (Together + 1)) + weight);
}

/// <summary>Which candidatures come first, and why: a sum of parts that anyone can check.</summary>
internal sealed record Priority(ImmutableArray<PriorityPart> Parts)
{
    /// <summary>From 0 to 100.</summary>
    public int Score => Parts.Sum(part => part.Points);

    /// <summary>The weights that it was computed with, as people write them.</summary>
    internal string Weights => string.Join('+', Parts.Select(part => part.Maximum));

    /// <summary>The <see cref="PriorityWeights.Key"/> of these weights.</summary>
    internal long WeightsKey => PriorityWeights.KeyOf(Parts.Select(part => part.Maximum));

    public static Priority Of(CandidatureFacts facts, PriorityWeights weights)
    {
        var cafe = facts.CafeSituation switch
        {
            CafeSituation.None => weights.CafeMissing,
            CafeSituation.Threatened => weights.CafeMissing / 2,
            _ => 0,
        };
        return new(
        [
            new(PriorityCriterion.NoOtherShop, facts.OtherShops == 0 ? weights.NoOtherShop : 0, weights.NoOtherShop),
            new(PriorityCriterion.CafeMissing, cafe, weights.CafeMissing),
            new(PriorityCriterion.ResidentsInvolved, facts.ResidentsInvolved ? weights.ResidentsInvolved : 0, weights.ResidentsInvolved),
            new(PriorityCriterion.HousingForTwo, facts.Premises.HousingForTwo ? weights.HousingForTwo : 0, weights.HousingForTwo),
        ]);
    }
}
