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
}
