using System.Diagnostics.CodeAnalysis;

namespace MilleCafes.Shared.Communes;

/// <summary>An INSEE code of the official geographic code: five characters, digits but for Corsica's <c>2A</c> and <c>2B</c>.</summary>
public readonly record struct InseeCode
{
    public const int Length = 5;

    private readonly string? value;

    private InseeCode(string value) => this.value = value;

    /// <summary>The code, upper-cased and without surrounding blanks; empty for the default value.</summary>
    public string Value => value ?? "";

    /// <summary>Reads a code as people type it; says nothing of whether INSEE knows it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out InseeCode code)
    {
        code = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length != Length || !char.IsAsciiDigit(trimmed[0]))
        {
            return false;
        }

        var second = char.ToUpperInvariant(trimmed[1]);
        var corsican = trimmed[0] == '2' && second is 'A' or 'B';
        if ((!corsican && !char.IsAsciiDigit(second)) || trimmed[2..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        code = new(string.Concat(trimmed[..1], [second], trimmed[2..]));
        return true;
    }

    public override string ToString() => Value;
}
