using System.Globalization;

namespace MilleCafes.Faults.Tests;

/// <summary>What was counted, told as each scenario ends and once more as a table; the runner shows the words of failing tests only.</summary>
public sealed class Report : IAsyncDisposable
{
    private readonly StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
    private readonly List<(string Scenario, string What, string Count)> counts = [];

    public Report() => output.WriteLine($"MILLECAFES_SEED={Extent.Seed}");

    public void Add(string scenario, params ReadOnlySpan<(string What, object Count)> found)
    {
        output.WriteLine($"{scenario}:");
        foreach (var (what, count) in found)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{count:0.##}");
            counts.Add((scenario, what, text));
            output.WriteLine($"    {what}: {text}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await output.WriteLineAsync();
        foreach (var (scenario, what, count) in counts)
        {
            await output.WriteLineAsync($"| {scenario,-45} | {what,-45} | {count,15} |");
        }

        await output.DisposeAsync();
    }
}
