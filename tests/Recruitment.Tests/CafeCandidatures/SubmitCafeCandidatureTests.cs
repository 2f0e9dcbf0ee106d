using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.Tests.CommuneCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CafeCandidatures;

public sealed class SubmitCafeCandidatureTests
{
    private static readonly SubmitCafeCandidature Right = new(
        "732 829 320 00074", "12268", "Café de la Place", true, true, DedicatedSpace.CafeBar, DrinksLicence.LicenceIv, [new(ThisYear - 2, 1, 1, 200), new(ThisYear - 1, 1, 1, 200)], new("Dominique Exemple", "cafe@example.org"));

    private static readonly Dictionary<string, (SubmitCafeCandidature Letter, string Fault)> Wrong = new()
    {
        ["no SIRET"] = (Right with { Siret = null }, "/siret not_empty"),
        ["a SIRET whose key is wrong"] = (Right with { Siret = "73282932000075" }, "/siret not_a_siret"),
        ["a SIRET whose SIREN is wrong"] = (Right with { Siret = "73282932100072" }, "/siret not_a_siret"),
        ["an office of La Poste that there is not"] = (Right with { Siret = "35600000000049" }, "/siret not_a_siret"),
        ["no commune"] = (Right with { InseeCode = null }, "/inseeCode not_empty"),
        ["no name"] = (Right with { CafeName = " " }, "/cafeName not_empty"),
        ["nobody who carries it, or not"] = (Right with { CarriedByGerant = null }, "/carriedByGerant not_null"),
        ["the last café, or not"] = (Right with { LastCafeOfCommune = null }, "/lastCafeOfCommune not_null"),
        ["no space, not even none"] = (Right with { DedicatedSpace = null }, "/dedicatedSpace not_null"),
        ["a licence that there is not"] = (Right with { Licence = (DrinksLicence)99 }, "/licence enum"),
        ["no year"] = (Right with { Years = [] }, "/years not_empty"),
        ["one year of a café that does not say when it opened"] = (Right with { Years = [new(ThisYear - 1, 1, 1, 1)] }, "/years two_years_required"),
        ["one year of a café that has been open for long"] = (Right with { Years = [new(ThisYear - 1, 1, 1, 1)], OpenedIn = ThisYear - 6 }, "/years two_years_required"),
        ["a year before the opening"] = (Right with { OpenedIn = ThisYear - 1 }, "/years contradiction"),
        ["an opening to come"] = (Right with { OpenedIn = 2999, Years = [new(ThisYear - 1, 1, 1, 1)] }, "/openedIn in_the_future /years contradiction"),
        ["three years"] = (Right with { Years = [new(ThisYear - 3, 1, 1, 1), new(ThisYear - 2, 1, 1, 1), new(ThisYear - 1, 1, 1, 1)] }, "/years too_many"),
        ["the same year twice"] = (Right with { Years = [new(ThisYear - 1, 1, 1, 1), new(ThisYear - 1, 2, 1, 1)] }, "/years same_year"),
        ["a year to come"] = (Right with { Years = [new(2999, 1, 1, 1), new(ThisYear - 3, 1, 1, 1)] }, "/years/0/year in_the_future"),
        ["a year of long ago"] = (Right with { Years = [new(ThisYear - 6, 1, 1, 1), new(ThisYear - 5, 1, 1, 1)] }, "/years/0/year in_the_past"),
        ["a year of another age"] = (Right with { Years = [new(0, 1, 1, 366), new(ThisYear - 5, 1, 1, 1)] }, "/years/0/year inclusive_between"),
        ["a revenue below nothing"] = (Right with { Years = [new(ThisYear - 1, -1, 1, 1), new(ThisYear - 3, 1, 1, 1)] }, "/years/0/revenueCents inclusive_between"),
        ["costs that are not said"] = (Right with { Years = [new(ThisYear - 1, 1, null, 1), new(ThisYear - 3, 1, 1, 1)] }, "/years/0/costsCents not_null"),
        ["a year of 367 days"] = (Right with { Years = [new(ThisYear - 2, 1, 1, 367), new(ThisYear - 3, 1, 1, 1)] }, "/years/0/daysOpen inclusive_between"),
        ["more days than the year has"] = (Right with { Years = [new(OtherYear, 1, 1, 366), new(LeapYear, 1, 1, 366)] }, "/years/0/daysOpen contradiction"),
        ["a cause that there is not"] = (Right with { Causes = [(WeakeningCause)99] }, "/causes/0 enum"),
        ["a long story"] = (Right with { Weakness = new('a', 8_001) }, "/weakness maximum_length"),
        ["no contact"] = (Right with { Contact = null }, "/contact not_null"),
        ["an address that is none"] = (Right with { Contact = new("Dominique Exemple", "cafe@") }, "/contact/email email"),
    };

    private static int LeapYear => Enumerable.Range(ThisYear - 4, 4).Single(DateTime.IsLeapYear);

    private static int OtherYear => ThisYear - (DateTime.IsLeapYear(ThisYear - 1) ? 2 : 1);

    private static int ThisYear => TimeProvider.System.Today().Year;

    public static TheoryData<string> Faults => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_member_is_named(string letter) => Assert.Equal(Wrong[letter].Fault.Split(" /").Select((fault, index) => index == 0 ? fault : "/" + fault), await FaultsAsync(Wrong[letter].Letter));

    [Theory]
    [InlineData("73282932000074")]
    [InlineData("732 829 320 00074")]
    [InlineData("35600000000048")]
    [InlineData("35600000014042")]
    public async Task A_SIRET_is_taken_as_people_type_it_and_La_Poste_s_too(string siret) => Assert.Empty(await FaultsAsync(Right with { Siret = siret }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_café_that_opened_last_year_or_this_year_needs_one_year_only(int ago)
    {
        var year = ThisYear - ago;
        Assert.Empty(await FaultsAsync(Right with { Years = [new(year, 1, 1, 200)], OpenedIn = year }));
    }

    private static Task<IReadOnlyList<string>> FaultsAsync(SubmitCafeCandidature letter) =>
        new SubmitCafeCandidatureValidator(TimeProvider.System).FaultsAsync<SubmitCafeCandidature, CafeCandidatureView>(letter);
}
