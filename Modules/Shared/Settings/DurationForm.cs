using System.Globalization;

namespace MilleCafes.Shared;

/// <summary>How a duration is written: <c>hh:mm:ss</c>, with days before it as <c>1.00:00:00</c>.</summary>
internal static class DurationForm
{
    public static string French(TimeSpan least, TimeSpan most) => $"une durée de {Write(least)} à {Write(most)}";

    public static string English(TimeSpan least, TimeSpan most) => $"a duration from {Write(least)} to {Write(most)}";

    // Left to itself, .NET takes « 15 » for fifteen days
    public static TimeSpan? Parse(string text, TimeSpan least, TimeSpan most) =>
        text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration) && duration >= least && duration <= most
            ? duration
            : null;

    public static string Write(TimeSpan value) =>
        value.ToString("c", CultureInfo.InvariantCulture) is var text && value.Ticks % TimeSpan.TicksPerSecond != 0 ? text.TrimEnd('0') : text;
}
