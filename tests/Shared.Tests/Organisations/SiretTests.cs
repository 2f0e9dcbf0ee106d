using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Shared.Organisations;

namespace MilleCafes.Shared.Tests.Organisations;

public sealed class SiretTests
{
    private static readonly Arbitrary<string> Sirens = Gen.Choose(0, 99_999_999).Select(number => Checked($"{number:D8}")).ToArbitrary();

    private static readonly Arbitrary<string> Sirets =
        (from siren in Sirens.Generator
         where siren != Siren.LaPoste.Value
         from number in Gen.Choose(0, 9_999)
         select Checked($"{siren}{number:D4}")).ToArbitrary();

    [Fact]
    public void What_INSEE_gives_is_read_and_its_SIREN_with_it() => Prop.ForAll(Sirets, text =>
        Siret.TryParse(text, out var siret) && siret.Value == text && siret.Siren.Value == text[..9] && Siren.TryParse(text[..9], out var siren) && siret.Siren == siren)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_one_digit_mistyped_is_found() => Prop.ForAll(Sirets, Gen.Choose(0, 13).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (text, place, by) =>
        Replaced(text, place, by) is var mistyped && (mistyped.StartsWith(Siren.LaPoste.Value, StringComparison.Ordinal) || !Siret.TryParse(mistyped, out _)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_SIREN_whose_key_is_wrong_makes_no_SIRET_whatever_follows() => Prop.ForAll(Sirens, Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(0, 9_999).ToArbitrary(), (siren, by, number) =>
        !Siret.TryParse(Checked($"{Replaced(siren, 8, by)}{number:D4}"), out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_office_of_La_Poste_is_read_whose_digits_add_up_to_a_multiple_of_five_and_the_head_office() => Prop.ForAll(Gen.Choose(0, 99_999).ToArbitrary(), number =>
    {
        var text = $"{Siren.LaPoste}{number:D5}";
        return Siret.TryParse(text, out var siret) == (text.Sum(digit => digit - '0') % 5 == 0 || text == "35600000000048") && (siret == default || siret.Siren == Siren.LaPoste);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void No_text_makes_it_fall_and_what_it_reads_it_reads_again() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        !Siret.TryParse(text, out var siret) || (Siret.TryParse(siret.Value, out var again) && again == siret)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("35600000000048")]
    [InlineData("35600000049837")]
    [InlineData("73282932000074")]
    [InlineData("732 829 320 00074")]
    [InlineData("732\u00A0829\u202F320\u00A000074")]
    [InlineData(" 73282932000074 ")]
    public void Numbers_are_read_as_they_are_typed(string text)
    {
        Assert.True(Siret.TryParse(text, out var siret));
        Assert.Equal(string.Concat(text.Where(char.IsAsciiDigit)), siret.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("732829320")]
    [InlineData("7328293200007")]
    [InlineData("732829320000740")]
    [InlineData("73282932000075")]
    [InlineData("732-829-320-00074")]
    [InlineData("73282932000074\n")]
    [InlineData("732\t82932000074")]
    [InlineData("FR73282932000074")]
    [InlineData("٧٣٢٨٢٩٣٢٠٠٠٠٧٤")]
    [InlineData("35600000000049")]
    // Its own key is right, that of its SIREN is not
    [InlineData("73282932100007")]
    public void Anything_else_is_refused(string? text) => Assert.False(Siret.TryParse(text, out _));

    [Theory]
    [InlineData("356000000", true)]
    [InlineData("732 829 320", true)]
    [InlineData("732829321", false)]
    [InlineData("73282932", false)]
    [InlineData(null, false)]
    public void A_SIREN_has_a_key_of_its_own(string? text, bool known) => Assert.Equal(known, Siren.TryParse(text, out _));

    /// <summary>The digits with the one that makes Luhn's sum a multiple of ten, written apart from the code.</summary>
    private static string Checked(string digits) =>
        digits + ((10 - (digits.Reverse().Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 2 : 1)).Sum(counted => (counted / 10) + (counted % 10)) % 10)) % 10);

    private static string Replaced(string digits, int place, int by) => digits[..place] + ((digits[place] - '0' + by) % 10) + digits[(place + 1)..];
}
