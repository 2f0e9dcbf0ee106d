using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class SubmitCommuneCandidatureTests
{
    private static readonly SubmitCommuneCandidatureValidator Validator = new(TimeProvider.System);

    // Each wrong letter and the pointers of its faults
    private static readonly Dictionary<string, (SubmitCommuneCandidature Letter, string[] Faults)> Wrong = new()
    {
        ["no INSEE code"] = (Example.Letter with { InseeCode = null }, ["/inseeCode not_empty"]),
        ["a name for a code"] = (Example.Letter with { InseeCode = "Sénergues" }, ["/inseeCode regular_expression"]),
        ["a code that is too long"] = (Example.Letter with { InseeCode = "122680" }, ["/inseeCode regular_expression"]),
        ["a code and a line feed"] = (Example.Letter with { InseeCode = "12268\n" }, ["/inseeCode regular_expression"]),
        ["digits of another script"] = (Example.Letter with { InseeCode = "١٢٢٦٨" }, ["/inseeCode regular_expression"]),
        ["a third Corsica"] = (Example.Letter with { InseeCode = "2C001" }, ["/inseeCode regular_expression"]),
        ["no situation"] = (Example.Letter with { CafeSituation = null }, ["/cafeSituation not_null"]),
        ["an unknown situation"] = (Example.Letter with { CafeSituation = (CafeSituation)9 }, ["/cafeSituation enum"]),
        ["no count of shops"] = (Example.Letter with { OtherShops = null }, ["/otherShops not_null"]),
        ["fewer than no shops"] = (Example.Letter with { OtherShops = -1 }, ["/otherShops inclusive_between"]),
        ["more shops than a village can have"] = (Example.Letter with { OtherShops = 10_001 }, ["/otherShops inclusive_between"]),
        ["nothing about the mayor"] = (Example.Letter with { CarriedByMayor = null }, ["/carriedByMayor not_null"]),
        ["no premises"] = (Example.Letter with { Premises = null }, ["/premises not_null"]),
        ["premises that may be there or not"] = (Example.Letter with { Premises = new(null) }, ["/premises/available not_null"]),
        ["premises described at length"] = (Example.Letter with { Premises = new(true, new('a', 4_001)) }, ["/premises/description maximum_length"]),
        ["premises without a surface"] = (Example.Letter with { Premises = new(true, null, 0) }, ["/premises/surfaceSquareMetres inclusive_between"]),
        ["premises as large as a town"] = (Example.Letter with { Premises = new(true, null, 100_001) }, ["/premises/surfaceSquareMetres inclusive_between"]),
        ["nothing about the residents"] = (Example.Letter with { ResidentsInvolved = null }, ["/residentsInvolved not_null"]),
        ["no contact"] = (Example.Letter with { Contact = null }, ["/contact not_null"]),
        ["a contact without a name"] = (Example.Letter with { Contact = Example.Letter.Contact! with { Name = "  " } }, ["/contact/name not_empty"]),
        ["a contact with a very long name"] = (Example.Letter with { Contact = Example.Letter.Contact! with { Name = new('a', 201) } }, ["/contact/name maximum_length"]),
        ["a contact with a very long role"] = (Example.Letter with { Contact = Example.Letter.Contact! with { Role = new('a', 201) } }, ["/contact/role maximum_length"]),
        ["a contact that cannot be written to"] = (Example.Letter with { Contact = Example.Letter.Contact! with { Email = null } }, ["/contact/email not_empty"]),
        ["an address that is none"] = (Example.Letter with { Contact = Example.Letter.Contact! with { Email = "mairie" } }, ["/contact/email email"]),
        ["an address that is too long"] = (Example.Letter with { Contact = Example.Letter.Contact! with { Email = new string('a', 320) + "@example.org" } }, ["/contact/email maximum_length"]),
        ["a telephone that is too long"] = (Example.Letter with { Contact = Example.Letter.Contact! with { Phone = new('0', 41) } }, ["/contact/phone maximum_length"]),
        ["nothing at all"] = (new(),
            ["/cafeSituation not_null", "/carriedByMayor not_null", "/contact not_null", "/inseeCode not_empty", "/otherShops not_null", "/premises not_null", "/residentsInvolved not_null"]),
    };

    public static TheoryData<string> WrongLetters => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongLetters))]
    public async Task A_faulty_field_is_named_by_its_pointer(string letter) =>
        Assert.Equal(Wrong[letter].Faults, await Validator.FaultsAsync(Wrong[letter].Letter));

    [Theory]
    [InlineData("12268")]
    [InlineData("2A004")]
    [InlineData("2b033")]
    [InlineData("97411")]
    public async Task A_letter_that_says_everything_is_read(string inseeCode) =>
        Assert.Empty(await Validator.FaultsAsync(Example.Letter with { InseeCode = inseeCode }));

    [Fact]
    public async Task What_the_commune_may_leave_out_is_no_fault() => Assert.Empty(await Validator.FaultsAsync(
        Example.Letter with { Premises = new(false), Contact = Example.Letter.Contact! with { Role = null, Phone = null } }));

    [Fact]
    public void A_new_candidature_is_submitted_awaits_an_answer_and_says_who_sent_it()
    {
        var candidature = Example.Submitted();

        Assert.Equal((CommuneCandidatureStatus.Submitted, 1L), (candidature.Status, candidature.Revision));
        Assert.Equal(("12268", "Sénergues", "12"), (candidature.InseeCode, candidature.CommuneName, candidature.Departement));
        Assert.Equal([new("submitted", Example.Now, Example.Actor, null)], candidature.History);
    }

    [Fact]
    public void A_candidature_that_is_not_eligible_is_kept_with_its_reasons()
    {
        var candidature = Example.Submitted(population: 3_500);

        Assert.Equal(CommuneCandidatureStatus.Submitted, candidature.Status);
        Assert.False(candidature.Eligibility.Eligible);
        Assert.Null(candidature.Override);
    }
}
