using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class PriorityWeightsTests
{
    // Any weights that a start accepts
    private static readonly Arbitrary<(PriorityWeights Weights, CandidatureFacts Facts)> Any = (
        from cafe in Gen.Choose(0, 49)
        from residents in Gen.Choose(0, 49 - cafe)
        from housing in Gen.Choose(0, 49 - cafe - residents)
        from situation in Gen.Elements(Enum.GetValues<CafeSituation>())
        from shops in Gen.Choose(0, 3)
        from plus in Gen.Elements(true, false)
        from two in Gen.Elements(true, false)
        select (
            new PriorityWeights(100 - cafe - residents - housing, cafe, residents, housing),
            Example.Facts with { CafeSituation = situation, OtherShops = shops, ResidentsInvolved = plus, Premises = Example.Facts.Premises with { HousingForTwo = two } })).ToArbitrary();

    public PriorityWeightsTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void Whatever_the_weights_the_score_is_the_sum_of_its_parts_from_0_to_100_and_each_part_within_its_maximum() => Prop.ForAll(Any, any =>
    {
        var priority = Priority.Of(any.Facts, any.Weights);
        return priority.Score == priority.Parts.Sum(part => part.Points) && priority.Score is >= 0 and <= 100
            && priority.Parts.Sum(part => part.Maximum) == 100 && priority.Parts.All(part => part.Points >= 0 && part.Points <= part.Maximum);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_the_weights_what_speaks_for_a_commune_never_takes_points_from_it() => Prop.ForAll(Any, any =>
    {
        var score = Priority.Of(any.Facts, any.Weights).Score;
        CandidatureFacts[] better =
        [
            any.Facts with { OtherShops = 0 }, any.Facts with { CafeSituation = CafeSituation.None }, any.Facts with { ResidentsInvolved = true },
            any.Facts with { Premises = any.Facts.Premises with { HousingForTwo = true } },
        ];
        return better.All(facts => Priority.Of(facts, any.Weights).Score >= score);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_the_weights_a_commune_without_any_shop_comes_first() => Prop.ForAll(Any, any =>
        any.Weights.PutsShoplessFirst
        && Priority.Of(any.Facts with { OtherShops = 0 }, any.Weights).Score > Priority.Of(Example.Facts with { OtherShops = 1 }, any.Weights).Score).QuickCheckThrowOnFailure();

    [Fact]
    public void A_priority_knows_its_weights_from_all_others() => Prop.ForAll(Any, Any, (one, other) =>
        Priority.Of(one.Facts, one.Weights).WeightsKey == one.Weights.Key
        && Priority.Of(other.Facts, one.Weights).WeightsKey == one.Weights.Key
        && one.Weights.Key == other.Weights.Key == (one.Weights == other.Weights)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_usual_weights_hold_when_nobody_sets_any()
    {
        var (weights, faults) = Read([]);
        Assert.Equal((PriorityWeights.Usual, 0), (weights, faults.Count));
    }

    [Theory]
    [InlineData("60", "20", "15", "10", "Recruitment:Priority: the weights must make 100 together")]
    [InlineData("50", "20", "20", "10", "Recruitment:Priority:NoOtherShop must weigh more than the others together: a commune without any shop comes first")]
    [InlineData("many", "20", "15", "10", "Recruitment:Priority:NoOtherShop = “many”: it must be a number from 0 to 100")]
    public void Weights_that_are_none_are_a_fault_at_start(string shop, string cafe, string residents, string housing, string fault) => Assert.Equal([fault], Read(new()
    {
        ["Recruitment:Priority:NoOtherShop"] = shop,
        ["Recruitment:Priority:CafeMissing"] = cafe,
        ["Recruitment:Priority:ResidentsInvolved"] = residents,
        ["Recruitment:Priority:HousingForTwo"] = housing,
    }).Faults);

    private static (PriorityWeights Weights, IReadOnlyList<string> Faults) Read(Dictionary<string, string?> values)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), new HostingEnvironment { EnvironmentName = "Production" });
        return (PriorityWeights.Read(reader), reader.Faults);
    }
}
