using System.Runtime.InteropServices;
using MilleCafes.Recruitment.GerantCandidatures;

namespace MilleCafes.Recruitment.Funnel;

/// <summary>Counts candidatures by the stages that they reached, and how they left them.</summary>
internal sealed class FunnelTally
{
    private static readonly GerantStage[] Path = [.. Enum.GetValues<GerantStage>().Where(stage => stage.IsOnPath())];

    private readonly StageTally[] stages = [.. Path.Select(_ => new StageTally())];

    public long Candidatures { get; private set; }

    /// <summary>All that several count.</summary>
    public static FunnelTally Of(IEnumerable<FunnelTally> tallies)
    {
        var sum = new FunnelTally();
        foreach (var tally in tallies)
        {
            sum.Candidatures += tally.Candidatures;
            for (var index = 0; index < Path.Length; index++)
            {
                sum.stages[index].Add(tally.stages[index]);
            }
        }

        return sum;
    }

    public void Count(Journey journey)
    {
        Candidatures++;
        for (var index = 0; index < journey.Reached; index++)
        {
            var stage = stages[index];
            stage.Reached++;
            if (index < journey.Days.Length)
            {
                stage.Stayed(journey.Days[index]);
            }

            if (index < journey.Reached - 1)
            {
                stage.WentOn++;
            }
            else
            {
                stage.End(journey);
            }
        }
    }

    public IReadOnlyList<FunnelStageView> View() => [.. Path.Select((stage, index) => stages[index].View(stage))];

    private sealed class StageTally
    {
        private readonly Dictionary<int, long> days = [];
        private readonly long[] ends = new long[Enum.GetValues<JourneyEnd>().Length];
        private readonly SortedDictionary<DeclineReason, long> reasons = [];

        public long Reached { get; set; }

        public long WentOn { get; set; }

        public void Add(StageTally other)
        {
            (Reached, WentOn) = (Reached + other.Reached, WentOn + other.WentOn);
            for (var end = 0; end < ends.Length; end++)
            {
                ends[end] += other.ends[end];
            }

            foreach (var (count, times) in other.days)
            {
                Stayed(count, times);
            }

            foreach (var (reason, times) in other.reasons)
            {
                reasons[reason] = reasons.GetValueOrDefault(reason) + times;
            }
        }

        public void Stayed(int count, long times = 1) => CollectionsMarshal.GetValueRefOrAddDefault(days, count, out _) += times;

        public void End(Journey journey)
        {
            ends[(int)journey.End]++;
            if (journey.Reason is { } reason)
            {
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
        }

        public FunnelStageView View(GerantStage stage)
        {
            var (declined, withdrawn) = (ends[(int)JourneyEnd.Declined], ends[(int)JourneyEnd.Withdrawn]);
            var left = WentOn + declined + withdrawn;
            return new(
                stage, Reached, ends[(int)JourneyEnd.Here], WentOn, declined, withdrawn, ends[(int)JourneyEnd.Erased], Median(),
                left == 0 ? null : Math.Round((double)WentOn / left, 4), [.. reasons.Select(reason => new FunnelDeclineView(reason.Key, reason.Value))]);
        }

        // The mean of the two in the middle, when there are two
        private double? Median()
        {
            var count = days.Values.Sum();
            return count == 0 ? null : (At((count - 1) / 2) + At(count / 2)) / 2.0;
        }

        private int At(long place)
        {
            foreach (var (value, count) in days.OrderBy(day => day.Key))
            {
                if ((place -= count) < 0)
                {
                    return value;
                }
            }

            throw new InvalidOperationException("A place beyond the last one.");
        }
    }
}
