using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Recruitment.GerantCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

/// <summary>What is one address, or one number, however it was typed.</summary>
public sealed class ContactKeysTests
{
    // Few characters, so that some are the same, and some the same but for what follows a « + »
    private static readonly Arbitrary<string> Names =
        (from first in Gen.Elements('a', 'b') from rest in Gen.ArrayOf(Gen.Elements('a', 'b', '.', '+', '-')) select first + new string(rest)).ToArbitrary();

    [Theory]
    [InlineData(" Camille@Example.ORG ", "camille@example.org")]
    [InlineData("camille+cafe@example.org", "camille+cafe@example.org")]
    [InlineData("Camille+Cafe@Orange.fr", "camille+cafe@orange.fr")]
    [InlineData("camille+cafe@laposte.net", "camille+cafe@laposte.net")]
    [InlineData("camille+cafe@free.fr", "camille+cafe@free.fr")]
    [InlineData("camille+cafe@mail.gmail.com", "camille+cafe@mail.gmail.com")]
    [InlineData("camille+cafe@notgmail.com", "camille+cafe@notgmail.com")]
    [InlineData("Camille+Cafe@Hotmail.FR", "camille@hotmail.fr")]
    [InlineData("camille+cafe+bar@outlook.com", "camille@outlook.com")]
    [InlineData("camille+cafe@live.fr", "camille@live.fr")]
    [InlineData("ca.mille+cafe@icloud.com", "ca.mille@icloud.com")]
    [InlineData("camille+cafe@me.com", "camille@me.com")]
    [InlineData("camille+cafe@fastmail.com", "camille@fastmail.com")]
    [InlineData("camille+cafe@proton.me", "camille@proton.me")]
    [InlineData("camille+cafe@protonmail.com", "camille@protonmail.com")]
    [InlineData("camille+cafe@pm.me", "camille@pm.me")]
    [InlineData("+33@gmail.com", "+33@gmail.com")]
    [InlineData("ca.mil.le@googlemail.com", "camille@gmail.com")]
    [InlineData("Ca.Mille+x@gmail.com", "camille@gmail.com")]
    [InlineData("ca.mille@example.org", "ca.mille@example.org")]
    [InlineData("camille@café.example", "camille@xn--caf-dma.example")]
    [InlineData("+33@example.org", "+33@example.org")]
    [InlineData("camille", null)]
    [InlineData("@example.org", null)]
    [InlineData("camille@", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_address_is_compared_without_case_a_provider_s_tag_and_the_dots_of_Gmail(string? typed, string? key) => Assert.Equal(key, ContactKeys.OfEmail(typed));

    [Fact]
    public void What_follows_a_plus_is_of_the_name_at_a_domain_that_is_not_known_to_tag() => Prop.ForAll(Names, Names, (name, rest) =>
        ContactKeys.OfEmail($"{name}@mairie.example") != ContactKeys.OfEmail($"{name}+{rest}@mairie.example")).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_tags_is_the_same_person_whatever_the_tag_and_a_key_is_its_own_key() => Prop.ForAll(Names, Names, (name, tag) =>
    {
        var key = ContactKeys.OfEmail($"{name}@proton.me");
        return ContactKeys.OfEmail($"{name}+{tag}@proton.me") == key && ContactKeys.OfEmail(key) == key;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("06 39 98 12 34", "+33639981234")]
    [InlineData("06.39.98.12.34", "+33639981234")]
    [InlineData("+33 6 39 98 12 34", "+33639981234")]
    [InlineData("+33 (0)6 39 98 12 34", "+33639981234")]
    [InlineData("+33 06 39 98 12 34", "+33639981234")]
    [InlineData("0033639981234", "+33639981234")]
    [InlineData("33 6 39 98 12 34", "+33639981234")]
    [InlineData("0262 12 34 56", "+262262123456")]
    [InlineData("0696 12 34 56", "+596696123456")]
    [InlineData("+32 2 123 45 67", "+3221234567")]
    [InlineData("12 34", null)]
    [InlineData("639981234", null)]
    [InlineData("demander Camille au 06 39 98 12 34", null)]
    [InlineData("06399812345678901234", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_number_is_compared_as_it_is_dialled_from_abroad(string? typed, string? key) => Assert.Equal(key, ContactKeys.OfPhone(typed));
}
