using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>The whole questionnaire of the programme, and what it cannot say.</summary>
public sealed class QuestionnaireTests
{
    private static readonly SubmitCommuneCandidatureValidator Validator = new(TimeProvider.System);
    private static readonly CandidaturePremises Fit = Example.Letter.Premises!;

    private static readonly SubmitCommuneCandidature Whole = Example.Letter with
    {
        CafeSituation = CafeSituation.Threatened,
        CafeClosesOn = new(2030, 12, 31),
        OtherShops = 3,
        Shops = [new(ShopKind.Bakery, 1), new(ShopKind.Hairdresser, 2)],
        DeliberatedOn = TimeProvider.System.Today().AddYears(-15),
        Premises = Fit with { Address = "1 place de l'Église", State = PremisesState.ToRefresh, ComplianceWorks = "Rampe", AvailableFrom = new(2030, 1, 1), MonthlyRentCents = 30_000, Currency = "EUR" },
        Residents = new(true, 84, 120, "Deux réunions"),
        Attachments = [new("Délibération", "https://mairie.example.org/d.pdf")],
    };

    private static readonly Dictionary<string, (SubmitCommuneCandidature Letter, string[] Faults)> Wrong = new()
    {
        ["a closing day of no threatened café"] = (Whole with { CafeSituation = CafeSituation.None }, ["/cafeClosesOn empty"]),
        ["shops that do not add up"] = (Whole with { OtherShops = 4 }, ["/shops contradiction"]),
        ["a kind of shop twice"] = (Whole with { Shops = [new(ShopKind.Bakery, 1), new(ShopKind.Bakery, 2)] }, ["/shops contradiction"]),
        ["a shop of no kind"] = (Whole with { Shops = [new(null, 3)] }, ["/shops/0/kind not_null"]),
        ["a kind that there is not"] = (Whole with { Shops = [new((ShopKind)99, 3)] }, ["/shops/0/kind enum"]),
        ["shops that are not there"] = (Whole with { OtherShops = 0, Shops = [new(ShopKind.Bakery, 0)] }, ["/shops/0/count inclusive_between"]),
        ["nothing for a shop"] = (Whole with { OtherShops = 0, Shops = [null!] }, ["/shops/0 not_null"]),
        ["a deliberation of another age"] = (Whole with { DeliberatedOn = new(1600, 1, 1) }, ["/deliberatedOn in_the_past"]),
        ["a deliberation to come"] = (Whole with { DeliberatedOn = new(2999, 1, 1) }, ["/deliberatedOn in_the_future"]),
        ["a state that there is not"] = (Whole with { Premises = Fit with { State = (PremisesState)9 } }, ["/premises/state enum"]),
        ["a rent below nothing"] = (Whole with { Premises = Fit with { MonthlyRentCents = -1 } }, ["/premises/monthlyRentCents inclusive_between"]),
        ["a rent in francs"] = (Whole with { Premises = Fit with { Currency = "FRF" } }, ["/premises/currency unknown_value"]),
        ["an address at length"] = (Whole with { Premises = Fit with { Address = new('a', 401) } }, ["/premises/address maximum_length"]),
        ["works at length"] = (Whole with { Premises = Fit with { ComplianceWorks = new('a', 4_001) } }, ["/premises/complianceWorks maximum_length"]),
        ["residents who do not take part and signed"] = (Whole with { ResidentsInvolved = false }, ["/residents contradiction"]),
        ["fewer than no answers"] = (Whole with { Residents = new(true, -1) }, ["/residents/surveyAnswers inclusive_between"]),
        ["too many signatures"] = (Whole with { Residents = new(true, null, 10_001) }, ["/residents/petitionSignatures inclusive_between"]),
        ["too many attachments"] = (Whole with { Attachments = [.. Enumerable.Repeat(Whole.Attachments![0], 21)] }, ["/attachments too_many"]),
        ["an attachment without a title"] = (Whole with { Attachments = [new(" ", "https://example.org")] }, ["/attachments/0/title not_empty"]),
        ["an attachment that is nowhere"] = (Whole with { Attachments = [new("Plan", "plan.pdf")] }, ["/attachments/0/url not_an_address"]),
        ["an attachment in the open"] = (Whole with { Attachments = [new("Plan", "http://example.org/plan.pdf")] }, ["/attachments/0/url https_required"]),
        ["an attachment that runs"] = (Whole with { Attachments = [new("Plan", "javascript:alert(1)")] }, ["/attachments/0/url https_required"]),
    };

    public static TheoryData<string> WrongLetters => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongLetters))]
    public async Task A_faulty_answer_is_named_by_its_pointer(string letter) => Assert.Equal(Wrong[letter].Faults, await Validator.FaultsAsync(Wrong[letter].Letter));

    [Fact]
    public async Task Every_answer_is_kept_and_shown()
    {
        Assert.Empty(await Validator.FaultsAsync(Whole));
        var view = CommuneCandidatureView.Of(Example.Submitted(Whole.ToFacts()), Example.Team);

        Assert.Equal(Whole.Premises, view.Premises);
        Assert.Equal((Whole.CafeClosesOn, Whole.DeliberatedOn, Whole.Residents), (view.Answers.CafeClosesOn, view.Answers.DeliberatedOn, view.Answers.Residents));
        Assert.Equal(Whole.Shops, view.Answers.Shops);
        Assert.Equal(Whole.Attachments!.Select(one => (one.Title, one.Url)), view.Answers.Attachments.Select(one => ((string?)one.Title, (string?)one.Url)));
    }

    [Fact]
    public async Task Facts_are_changed_by_the_same_rules() => Assert.Equal(
        ["/shops contradiction"],
        await new ChangeCommuneFactsValidator(TimeProvider.System).FaultsAsync(new ChangeCommuneFacts(Guid.CreateVersion7(), Whole with { OtherShops = 4 })));

    [Fact]
    public async Task A_day_that_has_passed_is_no_day_to_answer_by_and_one_to_come_none_to_report()
    {
        var (id, today) = (Guid.CreateVersion7(), TimeProvider.System.Today());
        Assert.Equal(["/dueOn in_the_past"], await new RequestCommuneCorrectionsValidator(TimeProvider.System).FaultsAsync(new RequestCommuneCorrections(id, "?", today.AddDays(-1))));
        Assert.Equal(["/dueOn not_null", "/question not_empty", "/whom not_empty"], await new RequestCommuneOpinionValidator(TimeProvider.System).FaultsAsync(new RequestCommuneOpinion(id, "", "", null)));
        Assert.Empty(await new RequestCommuneOpinionValidator(TimeProvider.System).FaultsAsync(new RequestCommuneOpinion(id, "Antenne", "?", today, Antenne.SouthEast)));
        Assert.Equal(["/whom not_empty"], await new RequestCommuneOpinionValidator(TimeProvider.System).FaultsAsync(new RequestCommuneOpinion(id, "", "?", today, Antenne.SouthEast)));
        Assert.Equal(["/antenne enum"], (await new RequestCommuneOpinionValidator(TimeProvider.System).FaultsAsync(new RequestCommuneOpinion(id, "Antenne", "?", today, (Antenne)99))));
        Assert.Equal(["/on in_the_past"], await new PlanCommuneVisitValidator(TimeProvider.System).FaultsAsync(new PlanCommuneVisit(id, today.AddDays(-1))));
        Assert.Equal(["/on in_the_future"], await new ReportCommuneVisitValidator(TimeProvider.System).FaultsAsync(new ReportCommuneVisit(id, "Sain", today.AddDays(1))));
        Assert.Equal(["/advice not_null", "/requestId not_null"], await new GiveCommuneOpinionValidator().FaultsAsync(new GiveCommuneOpinion(id, null, null, null)));
        Assert.Equal(["/antenne empty"], await new AssignCommuneAntenneValidator().FaultsAsync(new AssignCommuneAntenne(id, Antenne.SouthEast, true, null)));
        Assert.Equal(["/antenne not_null"], await new AssignCommuneAntenneValidator().FaultsAsync(new AssignCommuneAntenne(id, null, false, null)));
    }
}
