using System.Globalization;

namespace MilleCafes.Recruitment.Funnel;

/// <summary>One funnel for each antenne, source or month.</summary>
internal sealed class FunnelGroups(FunnelGrouping by)
{
    private const int MostSources = 100;

    // What the key is made of depends on the grouping; only one member of it is ever there
    private readonly Dictionary<FunnelGroupKey, List<Journey>> groups = [];

    public void Count(FunnelLine line)
    {
        if (by == FunnelGrouping.Stage)
        {
            return;
        }

        var key = by switch
        {
            FunnelGrouping.Antenne => new FunnelGroupKey($"{line.Antenne}", line.Antenne),
            FunnelGrouping.Month => new(line.ReceivedOn.ToString("yyyyMM", CultureInfo.InvariantCulture), Month: new(line.ReceivedOn.Year, line.ReceivedOn.Month, 1)),
            _ => new(line.Source, Source: line.Source),
        };
        if (!groups.TryGetValue(key, out var journeys))
        {
            groups[key] = journeys = [];
        }

        journeys.Add(line.Journey);
    }

    public IReadOnlyList<FunnelGroupView> View()
    {
        if (by != FunnelGrouping.Source)
        {
            return [.. groups.OrderBy(group => group.Key.Order, StringComparer.Ordinal).Select(group => View(group.Key, group.Value, others: false))];
        }

        var largest = groups.OrderByDescending(group => group.Value.Count).ThenBy(group => group.Key.Order, StringComparer.Ordinal).ToList();
        var told = largest.Take(MostSources).Select(group => View(group.Key, group.Value, others: false));
        return largest.Count > MostSources ? [.. told, View(new(""), largest.Skip(MostSources).SelectMany(group => group.Value), others: true)] : [.. told];
    }

    private static FunnelGroupView View(FunnelGroupKey key, IEnumerable<Journey> journeys, bool others)
    {
        var tally = new FunnelTally();
        foreach (var journey in journeys)
        {
            tally.Count(journey);
        }

        var (client, name) = FunnelLine.Told(key.Source ?? "");
        return new(key.Antenne, client, name, key.Month, others, tally.Candidatures, tally.View());
    }
}
