using System.Diagnostics.CodeAnalysis;

namespace MilleCafes.Shared.Organisations;

/// <summary>The number of a French organisation: nine digits, the last of which checks the others.</summary>
public readonly record struct Siren
{
    public const int Length = 9;

    /// <summary>La Poste has more offices than a check digit allows for.</summary>
    public static readonly Siren LaPoste = new("356000000");

    private readonly string? value;

    internal Siren(string value) => this.value = value;

    /// <summary>The nine digits; empty for the default value.</summary>
    public string Value => value ?? "";

    /// <summary>Reads a number as people type it, blanks between its groups included; says nothing of whether INSEE gave it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Siren siren)
    {
        siren = default;
        Span<char> digits = stackalloc char[Length];
        if (text is null || !TypedDigits.TryRead(text, digits) || !Luhn.Holds(digits))
        {
            return false;
        }

        siren = new(digits.ToString());
        return true;
    }

    public override string ToString() => Value;
}
