using System.Collections.Immutable;

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

/// <summary>Which candidatures come first, and why: a sum of parts that anyone can check.</summary>
internal sealed record Priority(ImmutableArray<PriorityPart> Parts)
{
    // A commune without any shop comes first, so this part outweighs the others together
    private const int NoOtherShop = 55;
    private const int CafeMissing = 20;
    private const int ResidentsInvolved = 15;
    private const int HousingForTwo = 10;

    /// <summary>From 0 to 100.</summary>
    public int Score => Parts.Sum(part => part.Points);

    public static Priority Of(CandidatureFacts facts)
    {
        var cafe = facts.CafeSituation switch
        {
            CafeSituation.None => CafeMissing,
            CafeSituation.Threatened => CafeMissing / 2,
            _ => 0,
        };
        return new(
        [
            new(PriorityCriterion.NoOtherShop, facts.OtherShops == 0 ? NoOtherShop : 0, NoOtherShop),
            new(PriorityCriterion.CafeMissing, cafe, CafeMissing),
            new(PriorityCriterion.ResidentsInvolved, facts.ResidentsInvolved ? ResidentsInvolved : 0, ResidentsInvolved),
            new(PriorityCriterion.HousingForTwo, facts.Premises.HousingForTwo ? HousingForTwo : 0, HousingForTwo),
        ]);
    }
}
