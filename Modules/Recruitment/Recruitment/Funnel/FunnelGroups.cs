namespace MilleCafes.Recruitment.Funnel;

/// <summary>One funnel for each antenne, source or month; each line is counted once.</summary>
/// <param name="namesPersons">Whether what candidates write of their source is told; else those sources are among the others.</param>
internal sealed class FunnelGroups(FunnelGrouping by, bool namesPersons)
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

        if (by != FunnelGrouping.Source)
        {
            return groups.OrderBy(group => group.Key).Select(group => View(group.Key, group.Value));
        }

        var byName = groups.ToLookup(group => namesPersons || !FunnelLine.IsWritten(group.Key.Source!));
        var told = byName[true].OrderByDescending(group => group.Value.Candidatures).ThenBy(group => group.Key).ToList();
        List<FunnelTally> others = [.. told.Skip(MostSources).Concat(byName[false]).Select(group => group.Value)];
        return told.Take(MostSources).Select(group => View(group.Key, group.Value)).Concat(others.Count > 0 ? [View(default, FunnelTally.Of(others), others: true)] : []);
    }

    private static FunnelGroupView View(FunnelGroupKey key, FunnelTally tally, bool others = false)
    {
        var (client, name) = FunnelLine.Told(key.Source ?? "");
        return new(key.Antenne, client, name, key.Month, others, tally.Candidatures, tally.View());
    }
}
