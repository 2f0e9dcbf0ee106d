using System.Globalization;

namespace MilleCafes.Benchmarks.Recruitment;

/// <summary>Every list, filter and ranking of recruitment over many candidatures against the same over few, by turns; and the funnel's own time.</summary>
internal static class RecruitmentBenchmark
{
    private const int Few = 1_000;
    private const int WarmUps = 8;
    private const int Turns = 41;
    private const int FunnelTurns = 20;
    private const double RatioTarget = 1.3;
    private const double FunnelTarget = 150;

    public static async Task RunAsync(int many)
    {
        await using var server = await BenchmarkServer.StartAsync();
        await using var small = await RecruitmentSide.StartAsync(server, "few", Few);
        await using var large = await RecruitmentSide.StartAsync(server, "many", many);
        Console.WriteLine($"  {Few} and {many} candidatures of gérants: medians of {Turns} requests each, by turns");
        await WarmUpAsync(small);
        await WarmUpAsync(large);
        var missed = new List<string>();
        foreach (var (asked, other) in RecruitmentRequests.Lists(small.Fill).Zip(RecruitmentRequests.Lists(large.Fill)))
        {
            var (few, lots) = await CompareAsync(small, large, asked, other);
            var (here, there) = (await small.CountAsync(asked), await large.CountAsync(other));
            Say($"{lots / few,5:0.00} ×  {few,7:0.00} → {lots,7:0.00} ms  {other}{(here == there ? "" : $" ({here} and {there} items)")}");
            missed.AddRange(lots / few <= RatioTarget ? [] : [other.ToString()]);
        }

        foreach (var asked in RecruitmentRequests.Funnel(large.Fill))
        {
            var times = new List<double>();
            for (var turn = 0; turn < FunnelTurns; turn++)
            {
                times.Add(await large.AskAsync(asked));
            }

            Say($"{Median(times[(FunnelTurns / 4)..]),8:0.0} ms  {asked}");
            missed.AddRange(Median(times[(FunnelTurns / 4)..]) <= FunnelTarget ? [] : [asked.Path]);
        }

        Console.WriteLine(missed.Count == 0 ? "  all within the targets" : $"  MISSED: {string.Join(", ", missed)}");
    }

    // The compiler improves what runs often: before anything is measured
    private static async Task WarmUpAsync(RecruitmentSide side)
    {
        foreach (var asked in Enumerable.Repeat(RecruitmentRequests.Lists(side.Fill), 3).SelectMany(lists => lists).Concat(RecruitmentRequests.Funnel(side.Fill)))
        {
            await side.AskAsync(asked);
        }
    }

    private static async Task<(double Few, double Many)> CompareAsync(RecruitmentSide small, RecruitmentSide large, Asked asked, Asked other)
    {
        for (var number = 0; number < WarmUps; number++)
        {
            await small.AskAsync(asked);
            await large.AskAsync(other);
        }

        var (few, many) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            few.Add(await small.AskAsync(asked));
            many.Add(await large.AskAsync(other));
        }

        return (Median(few), Median(many));
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static void Say(FormattableString line) => Console.WriteLine("  " + line.ToString(CultureInfo.InvariantCulture));
}
