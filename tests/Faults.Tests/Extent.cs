using System.Globalization;

namespace MilleCafes.Faults.Tests;

/// <summary>How much is done: a little with every <c>./test</c>, much by <c>./test faults</c>.</summary>
internal static class Extent
{
    public static bool Long { get; } = Environment.GetEnvironmentVariable("MILLECAFES_FAULTS") == "long";

    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MILLECAFES_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();

    public static int Of(int little, int much) => Long ? much : little;
}
