using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Funnel;

/// <summary>What the candidatures of one group have in common; nothing, when there are no groups.</summary>
internal readonly record struct FunnelGroupKey(Antenne? Antenne = null, DateOnly? Month = null, string? Source = null) : IComparable<FunnelGroupKey>
{
    public static FunnelGroupKey Of(FunnelLine line, FunnelGrouping by) => by switch
    {
        FunnelGrouping.Antenne => new(Antenne: line.Antenne),
        FunnelGrouping.Month => new(Month: new(line.ReceivedOn.Year, line.ReceivedOn.Month, 1)),
        FunnelGrouping.Source => new(Source: line.Source),
        _ => default,
    };

    /// <summary>Groups are told in this order.</summary>
    public int CompareTo(FunnelGroupKey other) =>
        Nullable.Compare(Antenne, other.Antenne) is not 0 and var antenne ? antenne
        : Nullable.Compare(Month, other.Month) is not 0 and var month ? month
        : string.CompareOrdinal(Source, other.Source);
}
