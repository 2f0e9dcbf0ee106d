namespace MilleCafes.Shared.Organisations;

/// <summary>The key that finds a digit mistyped, and most swapped neighbours.</summary>
internal static class Luhn
{
    public static bool Holds(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var position = 0; position < digits.Length; position++)
        {
            var digit = digits[^(position + 1)] - '0';
            var counted = position % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return sum % 10 == 0;
    }
}
