using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class EligibilityTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(423, true)]
    [InlineData(3_499, true)]
    [InlineData(3_500, false)]
    [InlineData(3_501, false)]
    public void Fewer_than_3500_residents_is_strict(int population, bool eligible) =>
        Assert.Equal(eligible, Eligibility.Of(Example.Commune(population), 2026, Example.Facts, Example.Now).Eligible);

    [Theory]
    [InlineData(CafeSituation.None, true)]
    [InlineData(CafeSituation.Threatened, true)]
    [InlineData(CafeSituation.Open, false)]
    public void A_commune_may_apply_without_a_café_or_with_a_threatened_one(object situation, bool eligible) =>
        Assert.Equal(eligible, Eligibility.Of(Example.Commune(), 2026, Example.Facts with { CafeSituation = (CafeSituation)situation }, Example.Now).Eligible);

    [Fact]
    public void Each_criterion_alone_refuses_and_is_the_only_one_told_as_not_met()
    {
        var breaches = new Dictionary<EligibilityCriterion, Eligibility>
        {
            [EligibilityCriterion.FewerThan3500Residents] = Eligibility.Of(Example.Commune(3_500), 2026, Example.Facts, Example.Now),
            [EligibilityCriterion.NoCafeOrThreatenedOne] = Eligibility.Of(Example.Commune(), 2026, Example.Facts with { CafeSituation = CafeSituation.Open }, Example.Now),
            [EligibilityCriterion.PremisesAvailable] = Eligibility.Of(Example.Commune(), 2026, Example.Facts with { Premises = Example.Facts.Premises with { Available = false } }, Example.Now),
            [EligibilityCriterion.CarriedByMayor] = Eligibility.Of(Example.Commune(), 2026, Example.Facts with { CarriedByMayor = false }, Example.Now),
        };

        Assert.Equal(Enum.GetValues<EligibilityCriterion>(), breaches.Keys.Order());
        Assert.All(breaches, breach =>
        {
            Assert.False(breach.Value.Eligible);
            Assert.Equal([breach.Key], breach.Value.Reasons.Where(reason => !reason.Met).Select(reason => reason.Criterion));
        });
    }

    [Fact]
    public void Every_criterion_is_told_once_met_or_not()
    {
        Assert.Equal(Enum.GetValues<EligibilityCriterion>(), Eligibility.Of(Example.Commune(), 2026, Example.Facts, Example.Now).Reasons.Select(reason => reason.Criterion).Order());
        Assert.Equal(Enum.GetValues<EligibilityCriterion>(), Example.NotEligible().Eligibility.Reasons.Select(reason => reason.Criterion).Order());
    }

    [Fact]
    public void Neither_other_shops_nor_the_residents_nor_housing_decide_on_eligibility()
    {
        var facts = Example.Facts with { OtherShops = 12, ResidentsInvolved = false, Premises = Example.Facts.Premises with { HousingForTwo = false, SurfaceSquareMetres = null } };

        Assert.True(Eligibility.Of(Example.Commune(), 2026, facts, Example.Now).Eligible);
    }

    [Fact]
    public void The_figures_it_was_judged_by_are_kept()
    {
        var eligibility = Eligibility.Of(Example.Commune(3_499), 2026, Example.Facts, Example.Now);

        Assert.Equal((3_499, 2026), (eligibility.Population, eligibility.RegistryYear));
    }
}
