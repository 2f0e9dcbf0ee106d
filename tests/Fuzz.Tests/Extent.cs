using System.Globalization;

namespace MilleCafes.Fuzz.Tests;

/// <summary>How much is sent: a little with every <c>./test</c>, much by <c>./test fuzz</c>; <c>MILLECAFES_SEED</c> sends the same again.</summary>
internal static class Extent
{
    public static bool Long { get; } = Environment.GetEnvironmentVariable("MILLECAFES_FUZZ") == "long";

    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MILLECAFES_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();

    public static int Requests => Long ? 60_000 : 8_000;

    public static int Rounds => Long ? 40 : 2;
}
