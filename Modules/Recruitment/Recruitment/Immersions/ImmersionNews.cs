using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>What others are told of an immersion.</summary>
internal static class ImmersionNews
{
    public static ImmersionBooked ToBooked(this Immersion immersion, DateTimeOffset now) => new(
        immersion.Id, immersion.CandidatureId, immersion.HostCafeId, immersion.HostClientId, immersion.FirstDay, immersion.LastDay, now);

    /// <summary>What is told of the next state: that nobody comes; null when nobody was to, or the days are over.</summary>
    public static ImmersionCancelled? ToCalledOff(this Immersion immersion, Immersion next, DateTimeOffset now) =>
        immersion.Status == ImmersionStatus.Booked && next.Status == ImmersionStatus.Cancelled && immersion.LastDay >= LocalDays.Of(now)
            ? new(immersion.Id, immersion.CandidatureId, immersion.HostCafeId, immersion.HostClientId, immersion.FirstDay, immersion.LastDay, now)
            : null;

    /// <summary>What is told of the next state: that the candidate leaves earlier than was agreed; null when they do not.</summary>
    public static ImmersionShortened? ToShortened(this Immersion immersion, Immersion next, DateTimeOffset now) =>
        immersion.Status == ImmersionStatus.Booked && next.Status == ImmersionStatus.Completed && next.LastDay < immersion.LastDay
            ? new(immersion.Id, immersion.CandidatureId, immersion.HostCafeId, immersion.HostClientId, next.FirstDay, next.LastDay, now)
            : null;

    /// <summary>Whichever of both there is to tell.</summary>
    public static object? NewsOn(this Immersion immersion, Immersion next, DateTimeOffset now) => (object?)immersion.ToCalledOff(next, now) ?? immersion.ToShortened(next, now);
}
