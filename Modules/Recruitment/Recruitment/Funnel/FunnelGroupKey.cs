using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Funnel;

/// <summary>What the candidatures of one group have in common.</summary>
/// <param name="Order">Groups are told in this order.</param>
internal sealed record FunnelGroupKey(string Order, Antenne? Antenne = null, string? Source = null, DateOnly? Month = null);
