using System.Globalization;

namespace MilleCafes.Testing;

/// <summary>SIRETs whose keys are right, and that nobody has.</summary>
public static class Sirets
{
    private static int taken;

    /// <summary>One that no other test of this run uses.</summary>
    public static string Next()
    {
        var siren = Keyed((10_000_000 + Interlocked.Increment(ref taken)).ToString(CultureInfo.InvariantCulture));
        return Keyed($"{siren}0001");
    }

    // The digit that makes Luhn's sum a multiple of ten
    private static string Keyed(string digits)
    {
        var sum = digits.Reverse().Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 2 : 1)).Sum(counted => counted > 9 ? counted - 9 : counted);
        return $"{digits}{(10 - (sum % 10)) % 10}";
    }
}
