using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class PriorityTests
{
    private static readonly Gen<CandidatureFacts> AnyFacts =
        from situation in Gen.Elements(Enum.GetValues<CafeSituation>())
        from shops in Gen.Choose(0, 5)
        from mayor in Gen.Elements(true, false)
        from premises in Gen.Elements(true, false)
        from housing in Gen.Elements(true, false)
        from residents in Gen.Elements(true, false)
        select new CandidatureFacts(situation, shops, mayor, new(premises, null, null, housing), residents, Example.Facts.Contact);

    private static readonly Arbitrary<(CandidatureFacts One, CandidatureFacts Other)> AnyTwo =
        (from one in AnyFacts from other in AnyFacts select (one, other)).ToArbitrary();

    [Fact]
    public void A_commune_without_any_shop_always_comes_before_one_that_has_shops() => Prop.ForAll(AnyTwo, pair =>
        Priority.Of(pair.One with { OtherShops = 0 }, PriorityWeights.Usual).Score > Priority.Of(pair.Other with { OtherShops = pair.Other.OtherShops + 1 }, PriorityWeights.Usual).Score)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_score_is_the_sum_of_its_parts_and_goes_from_0_to_100() => Prop.ForAll(AnyFacts.ToArbitrary(), facts =>
    {
        var priority = Priority.Of(facts, PriorityWeights.Usual);
        return priority.Score == priority.Parts.Sum(part => part.Points)
            && priority.Score is >= 0 and <= 100
            && priority.Parts.All(part => part.Points >= 0 && part.Points <= part.Maximum)
            && priority.Parts.Sum(part => part.Maximum) == 100
            && priority.Parts.Select(part => part.Criterion).Order().SequenceEqual(Enum.GetValues<PriorityCriterion>());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void How_many_shops_there_are_does_not_matter_once_there_is_one() => Prop.ForAll(AnyTwo, pair =>
        Priority.Of(pair.One with { OtherShops = pair.One.OtherShops + 1 }, PriorityWeights.Usual).Score == Priority.Of(pair.One with { OtherShops = pair.Other.OtherShops + 1 }, PriorityWeights.Usual).Score)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Residents_who_take_part_are_a_plus() => Prop.ForAll(AnyFacts.ToArbitrary(), facts =>
        Priority.Of(facts with { ResidentsInvolved = true }, PriorityWeights.Usual).Score > Priority.Of(facts with { ResidentsInvolved = false }, PriorityWeights.Usual).Score)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_missing_café_counts_more_than_a_threatened_one_and_an_open_one_counts_nothing() => Prop.ForAll(AnyFacts.ToArbitrary(), facts =>
    {
        var missing = Priority.Of(facts with { CafeSituation = CafeSituation.None }, PriorityWeights.Usual).Score;
        var threatened = Priority.Of(facts with { CafeSituation = CafeSituation.Threatened }, PriorityWeights.Usual).Score;
        var open = Priority.Of(facts with { CafeSituation = CafeSituation.Open }, PriorityWeights.Usual);
        return missing > threatened && threatened > open.Score && open.Parts.Single(part => part.Criterion == PriorityCriterion.CafeMissing).Points == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sénergues_has_all_the_points_there_are() => Assert.Equal(100, Priority.Of(Example.Facts, PriorityWeights.Usual).Score);
}
