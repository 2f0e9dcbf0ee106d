using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared.Communes;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>What becomes of eligibility, priority and commune when facts or the registry change.</summary>
public sealed class JudgementTests
{
    private static readonly DateTimeOffset Later = Example.Now.AddDays(400);
    private static readonly PriorityWeights Heavier = new(60, 10, 20, 10);
    private static readonly CandidatureGround Successor = Example.Ground(registryYear: 2027) with
    {
        Commune = new Commune("12001", "Sénergues-en-Rouergue", "12", "Aveyron", "Occitanie", 3_600, ["12320"], ["12268"]),
    };

    [Fact]
    public void Changed_facts_are_judged_anew_with_the_figures_of_the_day_and_the_old_judgement_is_kept()
    {
        var changed = Example.Submitted().ChangeFacts(Example.Facts with { OtherShops = 2, CarriedByMayor = false }, Example.Ground(450, 2027), null, "key", Later).Value;

        Assert.Equal((false, 450, 2027, Later), (changed.Eligibility.Eligible, changed.Eligibility.Population, changed.Eligibility.RegistryYear, changed.Eligibility.EvaluatedAt));
        var earlier = Assert.Single(changed.EarlierEligibilities);
        Assert.Equal((true, 423, 2026, Example.Now), (earlier.Eligible, earlier.Population, earlier.RegistryYear, earlier.EvaluatedAt));
        Assert.Equal(45, changed.Priority.Score);
    }

    [Fact]
    public void The_same_facts_sent_again_change_nothing()
    {
        var before = Example.Submitted(Example.Facts with { Shops = [new(ShopKind.Bakery, 1)], OtherShops = 1, Attachments = [new("Délibération", "https://example.org/d")] });
        var same = before.Facts with { Shops = [new(ShopKind.Bakery, 1)], Attachments = [new("Délibération", "https://example.org/d")] };

        Assert.Same(before, before.ChangeFacts(same, Example.Ground(), null, "key", Later).Value);
        Assert.NotSame(before, before.ChangeFacts(same with { Shops = [new(ShopKind.Butcher, 1)] }, Example.Ground(), null, "key", Later).Value);
    }

    [Fact]
    public void An_override_lapses_when_another_criterion_is_not_met_and_when_all_are()
    {
        var overridden = Example.Overridden();

        Assert.NotNull(overridden.Reevaluate(Example.Ground(), null, "key", Later).Value.Override);
        foreach (var facts in new[] { overridden.Facts with { CafeSituation = CafeSituation.Open }, Example.Facts })
        {
            var changed = overridden.ChangeFacts(facts, Example.Ground(), null, "key", Later).Value;
            Assert.Null(changed.Override);
            Assert.Equal(["factsChanged", "overrideLapsed"], changed.History.TakeLast(2).Select(done => done.Act));
        }

        Assert.Same(CommuneCandidatureErrors.NotEligible, overridden.ChangeFacts(overridden.Facts with { CafeSituation = CafeSituation.Open }, Example.Ground(), null, "key", Later).Value
            .Accept(Example.Ground(), false, null, "key", Later).Error);
    }

    [Fact]
    public void A_commune_that_merged_is_followed_and_the_candidature_says_so()
    {
        var moved = Example.Submitted().Reevaluate(Successor, null, "key", Later).Value;

        Assert.Equal(("12001", "Sénergues-en-Rouergue", "12001"), (moved.InseeCode, moved.CommuneName, moved.OpenInseeCode));
        Assert.Equal(new("12268", "Sénergues"), moved.SentAs);
        Assert.False(moved.Eligibility.Eligible);
        Assert.Equal(["submitted", "eligibilityEvaluated", "communeMerged"], moved.History.Select(done => done.Act));
        Assert.Equal("12268 Sénergues → 12001 Sénergues-en-Rouergue", moved.History[^1].Detail);
    }

    [Fact]
    public void When_the_successor_has_a_candidature_too_it_is_a_duplicate_until_they_are_merged_or_the_other_is_closed()
    {
        var other = Example.Submitted() with { Id = Guid.CreateVersion7(Example.Now.AddDays(-9)), InseeCode = "12001" };
        var duplicate = Example.Submitted().Reevaluate(Successor, other.Id, "key", Later).Value;

        Assert.Equal((other.Id, null), (duplicate.DuplicateOf, duplicate.OpenInseeCode));
        Assert.Equal("12001", duplicate.Reevaluate(Successor, null, "key", Later).Value.OpenInseeCode);
        var merged = duplicate.MergeInto(other, "Une commune.", "key", Later).Value;
        var kept = other.Absorb(duplicate, "Une commune.", "key", Later);
        Assert.Equal((CommuneCandidatureStatus.Merged, other.Id, null), (merged.Status, merged.MergedInto, merged.DuplicateOf));
        Assert.Equal(("mergedFrom", $"{duplicate.Id}"), (kept.History[^1].Act, kept.History[^1].Detail));
        Assert.Equal(other.Facts, kept.Facts);
    }

    [Fact]
    public void Only_candidatures_of_one_commune_are_merged_and_none_with_itself_or_with_a_closed_one()
    {
        var one = Example.Submitted();
        var other = one with { Id = Guid.CreateVersion7() };

        Assert.Same(CommuneCandidatureErrors.NotADuplicate, one.MergeInto(one, "", "key", Later).Error);
        Assert.Same(CommuneCandidatureErrors.NotADuplicate, one.MergeInto(other with { InseeCode = "12001" }, "", "key", Later).Error);
        Assert.Same(CommuneCandidatureErrors.NotADuplicate, one.MergeInto(other.Decline("Non", "key", Later).Value, "", "key", Later).Error);
        Assert.Null(one.MergeInto(other.Accept(Example.Ground(), false, null, "key", Later).Value, "", "key", Later).Error);
    }

    [Fact]
    public void A_commune_that_the_network_accompanies_is_taken_in_again_only_with_a_reason_that_is_kept()
    {
        Assert.Same(CommuneCandidatureErrors.CommuneTakenIn, Example.Submitted().Accept(Example.Ground(), true, null, "key", Later).Error);
        Assert.Equal("Le premier café a fermé.", Example.Submitted().Accept(Example.Ground(), true, "Le premier café a fermé.", "key", Later).Value.History[^1].Reason);
    }

    [Fact]
    public void What_is_reopened_is_judged_by_the_day_s_registry_unless_the_commune_has_another_open_candidature()
    {
        var declined = Example.Submitted().Decline("Trop tôt.", "key", Example.Now).Value;

        Assert.Equal(2027, declined.Reopen("Un local.", Example.Ground(registryYear: 2027), null, "key", Later).Value.Eligibility.RegistryYear);
        Assert.Same(CommuneCandidatureErrors.AlreadyOpen, declined.Reopen("Un local.", Example.Ground(), Guid.CreateVersion7(), "key", Later).Error);
    }

    [Fact]
    public void Other_weights_rank_an_open_candidature_again_and_the_history_says_from_what_to_what_without_an_actor()
    {
        var before = Example.Submitted(Example.Facts with { OtherShops = 1 });

        var ranked = before.Rank(Heavier, Later);

        Assert.Equal((45, 40), (before.Priority.Score, ranked.Priority.Score));
        Assert.Equal(new("priorityEvaluated", Later, null, null, "45 → 40 (55+20+15+10 → 60+10+20+10)"), ranked.History[^1]);
        Assert.NotEqual(before.RankKey, ranked.RankKey);
        Assert.Equal(Heavier.Key, ranked.RankedBy);
        Assert.Equal(before.Wait, ranked.Wait);
        Assert.Same(ranked, ranked.Rank(Heavier, Later));
        Assert.Same(before, before.Rank(PriorityWeights.Usual, Later));
    }

    [Fact]
    public void The_parts_follow_the_weights_though_the_score_is_the_same()
    {
        var ranked = Example.Submitted().Rank(Heavier, Later);

        Assert.Equal((100, "100 → 100 (55+20+15+10 → 60+10+20+10)"), (ranked.Priority.Score, ranked.History[^1].Detail));
        Assert.Equal([60, 10, 20, 10], ranked.Priority.Parts.Select(part => part.Maximum));
    }

    [Fact]
    public void What_is_decided_keeps_the_priority_that_it_was_decided_with_and_is_ranked_again_when_it_is_reopened()
    {
        var declined = Example.Submitted(Example.Facts with { OtherShops = 1 }).Decline("Trop loin.", "key", Later).Value;

        Assert.Same(declined, declined.Rank(Heavier, Later));
        Assert.Null(declined.RankedBy);
        Assert.Equal(40, declined.Reopen("Une erreur.", Example.Ground() with { Weights = Heavier }, null, "key", Later).Value.Priority.Score);
    }

    [Fact]
    public void What_was_erased_stays_erased_when_a_setting_ranks_it_again()
    {
        var erased = Example.Submitted().ErasePersons("key", Later).Rank(Heavier, Later);

        Assert.Equal("priorityEvaluated", erased.History[^1].Act);
        Assert.Same(erased, erased.ErasePersons("key", Later));
    }
}
