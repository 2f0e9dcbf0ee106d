namespace MilleCafes.Shared.Organisations;

/// <summary>A number as people type it or paste it: its digits, and blanks between them.</summary>
internal static class TypedDigits
{
    private const string Blanks = " \u00A0\u202F";

    /// <summary>Reads exactly as many digits as there is room for; anything but ASCII digits and blanks is refused.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, Span<char> digits)
    {
        var count = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character) && count < digits.Length)
            {
                digits[count++] = character;
            }
            else if (!Blanks.Contains(character))
            {
                return false;
            }
        }

        return count == digits.Length;
    }
}
