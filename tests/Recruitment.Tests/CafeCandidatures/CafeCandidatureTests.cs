using System.Text.Json;
using System.Text.Json.Serialization;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CafeCandidatures;

/// <summary>Every act on the candidature of a café in every state it can be in.</summary>
public sealed class CafeCandidatureTests
{
    private static readonly DateTimeOffset Later = CafeExample.Now.AddDays(12);
    private static readonly CafeFacts Other = CafeExample.Facts with { CafeName = "Café renommé" };

    private static readonly Dictionary<string, Func<CafeCandidature>> States = new()
    {
        ["eligible"] = () => CafeExample.Submitted(),
        ["not eligible"] = CafeExample.NotEligible,
        ["overridden"] = CafeExample.Overridden,
        ["accepted"] = () => CafeExample.Submitted().Accept(CafeExample.Commune(), false, null, CafeExample.Actor, CafeExample.Now).Value,
        ["declined"] = () => CafeExample.Submitted().Decline("Trop tôt.", CafeExample.Actor, CafeExample.Now).Value,
        ["withdrawn"] = () => CafeExample.Submitted().Withdraw(null, CafeExample.Actor, CafeExample.Now).Value,
    };

    private static readonly Dictionary<string, Func<CafeCandidature, Result<CafeCandidature>>> Acts = new()
    {
        ["Change"] = candidature => candidature.Change(candidature.Facts with { CafeName = "Café renommé" }, CafeExample.Commune(), 2026, "key", Later),
        ["Accept"] = candidature => candidature.Accept(CafeExample.Commune(), false, null, "key", Later),
        ["Decline"] = candidature => candidature.Decline("Motif", "key", Later),
        ["Withdraw"] = candidature => candidature.Withdraw("Motif", "key", Later),
        ["OverrideEligibility"] = candidature => candidature.OverrideEligibility("Motif", "key", Later),
    };

    // One line per state, one column per act: a status that is reached, or the end of the code that refuses
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["eligible"] = ["Submitted", "Accepted", "Declined", "Withdrawn", "already_eligible"],
        ["not eligible"] = ["Submitted", "not_eligible", "Declined", "Withdrawn", "Submitted"],
        ["overridden"] = ["Submitted", "Accepted", "Declined", "Withdrawn", "Submitted"],
        ["accepted"] = [.. Enumerable.Repeat("already_accepted", 5)],
        ["declined"] = [.. Enumerable.Repeat("already_declined", 5)],
        ["withdrawn"] = [.. Enumerable.Repeat("already_withdrawn", 5)],
    };

    public static TheoryData<string, string, string> Table =>
        [.. States.Keys.SelectMany(state => Acts.Keys.Zip(Expected[state], (act, outcome) => new TheoryDataRow<string, string, string>(state, act, outcome)))];

    [Fact]
    public void The_table_has_every_status_and_every_act_of_the_document()
    {
        Assert.Equal(Enum.GetValues<CafeCandidatureStatus>().ToHashSet(), States.Values.Select(state => state().Status).ToHashSet());
        Assert.Equal(
            Acts.Keys.Order(),
            typeof(CafeCandidature).GetMethods().Where(method => method is { IsStatic: false } && method.ReturnType == typeof(Result<CafeCandidature>)).Select(method => method.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_act_in_every_state_has_one_outcome_and_is_written_down(string state, string act, string outcome)
    {
        var before = States[state]();

        var decision = Acts[act](before);

        if (decision.IsRefused(out var refusal))
        {
            Assert.Equal($"recruitment.cafe_candidature_{outcome}", refusal.Code);
            return;
        }

        Assert.Equal(outcome, $"{decision.Value.Status}");
        Assert.Equal((before.History.Count + 1, Later, "key"), (decision.Value.History.Count, decision.Value.History[^1].At, decision.Value.History[^1].Actor));
        Assert.Equal(decision.Value.Status == CafeCandidatureStatus.Submitted ? "73282932000074" : null, decision.Value.OpenSiret);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_candidature_survives_being_written_and_read_as_json(string state, string act, string outcome)
    {
        var decision = Acts[act](States[state]());
        var document = decision.IsRefused(out _) ? States[state]() : decision.Value;
        var asStored = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() } };

        var read = JsonSerializer.Deserialize<CafeCandidature>(JsonSerializer.Serialize(document, asStored), asStored)!;

        Assert.NotEmpty(outcome);
        Assert.Equal((document.Facts, document.Status, document.Override, document.SubmittedBy), (read.Facts, read.Status, read.Override, read.SubmittedBy));
        Assert.Equal((IEnumerable<CafeEligibilityReason>)document.Eligibility.Reasons, read.Eligibility.Reasons);
        Assert.Equal(document.History, read.History);
    }

    [Fact]
    public void The_same_facts_again_change_nothing() =>
        Assert.Single(CafeExample.Submitted().Change(CafeExample.Facts with { Causes = [.. CafeExample.Facts.Causes] }, CafeExample.Commune(), 2026, "key", Later).Value.History);

    [Fact]
    public void Other_facts_are_judged_anew_and_an_override_ends_with_the_reasons_that_it_was_given_for()
    {
        var overridden = CafeExample.Overridden();
        var renamed = overridden.Change(overridden.Facts with { CafeName = "Autre" }, CafeExample.Commune(), 2026, "key", Later).Value;
        var mended = overridden.Change(CafeExample.Facts, CafeExample.Commune(3_500), 2027, "key", Later).Value;

        Assert.NotNull(renamed.Override);
        Assert.Null(mended.Override);
        Assert.Equal((3_500, 2027, Later), (mended.Eligibility.Population, mended.Eligibility.RegistryYear, mended.Eligibility.JudgedAt));
        Assert.Equal([CafeEligibilityCriterion.FewerThan3500Residents], mended.Eligibility.Reasons.Where(reason => !reason.Met).Select(reason => reason.Criterion));
    }

    [Fact]
    public void An_override_holds_for_what_was_not_met_then_lapses_in_the_history_and_what_was_judged_before_stays()
    {
        var facts = CafeExample.Facts with { CarriedByGerant = false, LastCafeOfCommune = false };
        var overridden = CafeExample.Submitted(facts).OverrideEligibility("Le gérant arrive en mai.", CafeExample.Actor, CafeExample.Now).Value;

        var closer = overridden.Change(facts with { LastCafeOfCommune = true }, CafeExample.Commune(), 2026, "key", Later).Value;
        Assert.Equal((overridden.Override, "changed"), (closer.Override, closer.History[^1].Act));
        Assert.Equal([overridden.Eligibility], closer.EarlierEligibilities);
        foreach (var other in new[] { facts with { DedicatedSpace = DedicatedSpace.None }, CafeExample.Facts })
        {
            var changed = overridden.Change(other, CafeExample.Commune(), 2026, "key", Later).Value;
            Assert.Null(changed.Override);
            Assert.Equal(["changed", "overrideLapsed"], changed.History.TakeLast(2).Select(done => done.Act));
        }
    }

    [Fact]
    public void A_café_whose_commune_has_merged_is_followed_when_it_is_judged_again_and_accepted_there()
    {
        var successor = CafeExample.Commune() with { InseeCode = "12001", Name = "Sénergues-en-Rouergue" };

        foreach (var facts in new[] { Other, CafeExample.Facts })
        {
            var moved = CafeExample.Submitted().Change(facts, successor, 2027, "key", Later).Value;
            Assert.Equal(("12001", "Sénergues-en-Rouergue"), (moved.ToAccepted(Later).InseeCode, moved.ToAccepted(Later).CommuneName));
            Assert.Equal(("communeMerged", "12268 Sénergues → 12001 Sénergues-en-Rouergue"), (moved.History[^1].Act, moved.History[^1].Detail));
        }
    }

    [Fact]
    public void Each_criterion_alone_refuses_and_a_licence_is_none()
    {
        var breaches = new Dictionary<CafeEligibilityCriterion, CafeCandidature>
        {
            [CafeEligibilityCriterion.FewerThan3500Residents] = CafeExample.Submitted(population: 3_500),
            [CafeEligibilityCriterion.CarriedByGerant] = CafeExample.NotEligible(),
            [CafeEligibilityCriterion.LastCafeOfCommune] = CafeExample.Submitted(CafeExample.Facts with { LastCafeOfCommune = false }),
            [CafeEligibilityCriterion.DedicatedSpace] = CafeExample.Submitted(CafeExample.Facts with { DedicatedSpace = DedicatedSpace.None }),
        };

        Assert.Equal(Enum.GetValues<CafeEligibilityCriterion>(), breaches.Keys.Order());
        Assert.All(breaches, breach => Assert.Equal([breach.Key], breach.Value.Eligibility.Reasons.Where(reason => !reason.Met).Select(reason => reason.Criterion)));
        Assert.All(Enum.GetValues<DrinksLicence>(), licence => Assert.True(CafeExample.Submitted(CafeExample.Facts with { Licence = licence }, 3_499).Eligibility.Eligible));
    }

    [Fact]
    public void It_waits_for_the_team_since_it_came_whatever_else_is_done_to_it()
    {
        var waits = CafeExample.Overridden().Change(Other, CafeExample.Commune(), 2026, "key", Later).Value.ErasePersons("key", Later);

        Assert.Equal(CafeExample.Now, waits.Wait!.Since);
    }

    [Fact]
    public void What_was_judged_as_another_commune_than_today_s_is_not_accepted_before_it_is_judged_again()
    {
        var (submitted, today) = (CafeExample.Submitted(), CafeExample.Commune() with { InseeCode = "12001" });

        Assert.Same(CafeCandidatureErrors.CommuneMerged, submitted.Accept(today, false, null, "key", Later).Error);
        Assert.Equal("12001", submitted.Change(submitted.Facts, today, 2026, "key", Later).Value.Accept(today, false, null, "key", Later).Value.InseeCode);
    }

    [Fact]
    public void A_café_that_is_taken_in_once_more_is_so_for_a_reason()
    {
        Assert.Same(CafeCandidatureErrors.CafeTakenIn, CafeExample.Submitted().Accept(CafeExample.Commune(), true, null, "key", Later).Error);
        Assert.Equal("Le premier s'est arrêté.", CafeExample.Submitted().Accept(CafeExample.Commune(), true, "Le premier s'est arrêté.", "key", Later).Value.History[^1].Reason);
        Assert.Same(CafeCandidatureErrors.NotEligible, CafeExample.NotEligible().Accept(CafeExample.Commune(), true, null, "key", Later).Error);
    }
}
