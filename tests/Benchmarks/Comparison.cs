using System.Diagnostics;
using System.Globalization;

namespace MilleCafes.Benchmarks;

/// <summary>
/// Two ways to the same effect, in short slices by turns: whatever else the machine does meets both alike, and the ratio of a pair stands.
/// </summary>
internal sealed class Comparison(string name, double target, Func<Task> ours, Func<Task> bare)
{
    private const int Pairs = 20;
    private const int Parallelism = 8;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(0.5);

    /// <summary>How long each side runs before it counts; the more code there is, the longer the compiler improves it.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Throughput, one at a time and several at once, and bytes allocated per operation.</summary>
    public async Task RunAsync()
    {
        var sequential = await MeasureAsync("one at a time", 1);
        var parallel = await MeasureAsync($"{Parallelism} at a time", Parallelism);
        var (ourBytes, bareBytes) = (await AllocatedAsync(ours), await AllocatedAsync(bare));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  allocated per operation: ours {ourBytes:N0} bytes, bare {bareBytes:N0} bytes"));
        Console.WriteLine($"  {Verdict(target, Math.Min(sequential, parallel))}");
    }

    /// <summary>Operations that are long enough to be timed each by itself.</summary>
    public async Task RunOneByOneAsync(int pairs, int count, Func<Task> beforeEach)
    {
        for (var pair = -1; pair < pairs; pair++)
        {
            var times = await InTurnAsync(pair, async operation =>
            {
                await beforeEach();
                GC.Collect();
                var start = Stopwatch.GetTimestamp();
                await operation();
                return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
            });
            if (pair >= 0)
            {
                rates.Add(times);
            }
        }

        var median = Report($"{count} each");
        Console.WriteLine($"  {Verdict(target, median)}");
    }

    public static string Verdict(double target, double ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"target ≥ {target:0.00} ×: {(ratio >= target ? "met" : "missed")}");

    private readonly List<(double Ours, double Bare)> rates = [];

    private async Task<double> MeasureAsync(string how, int parallelism)
    {
        await RateAsync(ours, parallelism, WarmUp);
        await RateAsync(bare, parallelism, WarmUp);
        for (var pair = 0; pair < Pairs; pair++)
        {
            rates.Add(await InTurnAsync(pair, operation => RateAsync(operation, parallelism, Slice)));
        }

        return Report(how);
    }

    /// <summary>The one that goes first changes from pair to pair.</summary>
    private async Task<(double Ours, double Bare)> InTurnAsync(int pair, Func<Func<Task>, Task<double>> measure)
    {
        if (pair % 2 == 0)
        {
            var first = await measure(ours);
            return (first, await measure(bare));
        }

        var before = await measure(bare);
        return (await measure(ours), before);
    }

    private double Report(string how)
    {
        double[] ratios = [.. rates.Select(rate => rate.Ours / rate.Bare).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {how}: ours {Median(rates.Select(rate => rate.Ours)):N0}/s, bare {Median(rates.Select(rate => rate.Bare)):N0}/s; ratio median {Median(ratios):0.00}, lowest {ratios[0]:0.00}, highest {ratios[^1]:0.00} of {ratios.Length} pairs"));
        rates.Clear();
        return Median(ratios);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task<double> RateAsync(Func<Task> operation, int parallelism, TimeSpan duration)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, parallelism).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                await operation();
                count++;
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<long> AllocatedAsync(Func<Task> operation)
    {
        const int Operations = 1000;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var count = 0; count < Operations; count++)
        {
            await operation();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Operations;
    }
}
