using System.Collections.Immutable;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>When to try again.</summary>
internal static class RetrySchedule
{
    private const double Jitter = 0.1;
    private const int LongestDeferral = 6;
    private const int LongestQuietDeferral = 10;
    private static readonly TimeSpan FirstDeferral = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    /// <summary>The wait after the attempt <paramref name="number"/>, or null when it was the last.</summary>
    /// <param name="chance">From 0 to 1: spreads what failed together over ± 10 %, so that it does not come back together.</param>
    /// <param name="retryAfter">What the endpoint asks for; a longer wait than ours is granted, up to a day.</param>
    public static TimeSpan? DelayAfter(ImmutableArray<TimeSpan> delays, int number, double chance, TimeSpan? retryAfter)
    {
        if (number > delays.Length)
        {
            return null;
        }

        var ours = delays[number - 1] * (1 - Jitter + (2 * Jitter * chance));
        var theirs = retryAfter is { } asked ? Granted(asked) : ours;
        return theirs > ours ? theirs : ours;
    }

    public static TimeSpan Granted(TimeSpan retryAfter) => retryAfter < LongestRetryAfter ? retryAfter : LongestRetryAfter;

    /// <summary>How long an attempt waits for its turn: around 0.25 s, then twice as long each time, up to about 16 s.</summary>
    /// <param name="quiet">How long the endpoint is left in peace; then many wait for few turns, and some come back after minutes.</param>
    public static TimeSpan DeferralAfter(int deferrals, double chance, TimeSpan quiet) =>
        quiet + (FirstDeferral * (0.5 + chance) * (1 << Math.Min(deferrals, quiet > TimeSpan.Zero ? LongestQuietDeferral : LongestDeferral)));
}
