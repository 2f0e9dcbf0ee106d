using System.Diagnostics;
using System.Globalization;

namespace MilleCafes.Benchmarks;

/// <summary>Times of one kind of operation, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly List<(double Milliseconds, string Label)> samples = [];

    /// <summary>Takes the best of some attempts: what else the machine does is not what is measured.</summary>
    public void Measure(string label, Action operation, int attempts)
    {
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            operation();
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        samples.Add((best.TotalMilliseconds, label));
    }

    public void Add(string label, double milliseconds) => samples.Add((milliseconds, label));

    public string Describe()
    {
        samples.Sort();
        var (worst, label) = samples[^1];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{samples.Count} samples, median {At(0.5):0.000} ms, p95 {At(0.95):0.000} ms, p99 {At(0.99):0.000} ms, worst {worst:0.000} ms ({label})");
    }

    private double At(double share) => samples[(int)Math.Ceiling(share * samples.Count) - 1].Milliseconds;
}
