namespace MilleCafes.Recruitment.Funnel;

/// <summary>One funnel for each antenne, source or month; each line is counted once.</summary>
internal sealed class FunnelGroups(FunnelGrouping by)
{
    private const int MostSources = 100;

    private readonly Dictionary<FunnelGroupKey, FunnelTally> groups = [];

    public void Count(FunnelLine line)
    {
        var key = FunnelGroupKey.Of(line, by);
        if (!groups.TryGetValue(key, out var tally))
        {
            groups[key] = tally = new();
        }

        tally.Count(line.Journey);
    }

    public FunnelView View()
    {
        var all = FunnelTally.Of(groups.Values);
        return new(all.Candidatures, all.View(), [.. Views()]);
    }

    private IEnumerable<FunnelGroupView> Views()
    {
        if (by == FunnelGrouping.Stage)
        {
            return [];
        }

        var told = groups.OrderByDescending(group => by == FunnelGrouping.Source ? group.Value.Candidatures : 0).ThenBy(group => group.Key).ToList();
        return by == FunnelGrouping.Source && told.Count > MostSources
            ? told.Take(MostSources).Select(group => View(group.Key, group.Value)).Append(View(default, FunnelTally.Of(told.Skip(MostSources).Select(group => group.Value)), others: true))
            : told.Select(group => View(group.Key, group.Value));
    }

    private static FunnelGroupView View(FunnelGroupKey key, FunnelTally tally, bool others = false)
    {
        var (client, name) = FunnelLine.Told(key.Source ?? "");
        return new(key.Antenne, client, name, key.Month, others, tally.Candidatures, tally.View());
    }
}
