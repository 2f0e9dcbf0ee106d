using System.Diagnostics.CodeAnalysis;

namespace MilleCafes.Shared.Organisations;

/// <summary>The number of one establishment of an organisation: its SIREN, four digits of its own, and one that checks them all.</summary>
public readonly record struct Siret
{
    public const int Length = 14;

    private const string HeadOfficeOfLaPoste = "35600000000048";

    private readonly string? value;

    private Siret(string value) => this.value = value;

    /// <summary>The fourteen digits; empty for the default value.</summary>
    public string Value => value ?? "";

    /// <summary>The organisation that the establishment belongs to.</summary>
    public Siren Siren => value is null ? default : new(value[..Siren.Length]);

    /// <summary>Reads a number as people type it, blanks between its groups included; says nothing of whether INSEE gave it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Siret siret)
    {
        siret = default;
        Span<char> digits = stackalloc char[Length];
        if (text is null || !TypedDigits.TryRead(text, digits) || !Luhn.Holds(digits[..Siren.Length]) || !IsChecked(digits))
        {
            return false;
        }

        siret = new(digits.ToString());
        return true;
    }

    public override string ToString() => Value;

    // The offices of La Poste are checked by the sum of their digits, but for the head office
    private static bool IsChecked(ReadOnlySpan<char> digits)
    {
        if (!digits.StartsWith(Siren.LaPoste.Value) || digits.SequenceEqual(HeadOfficeOfLaPoste))
        {
            return Luhn.Holds(digits);
        }

        var sum = 0;
        foreach (var digit in digits)
        {
            sum += digit - '0';
        }

        return sum % 5 == 0;
    }
}
