namespace MilleCafes.Fuzz.Tests;

/// <summary>Tells the seed first and what was counted last; the runner shows the words of failing tests only.</summary>
public sealed class Report : IAsyncDisposable
{
    private readonly StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };

    public Report() => output.WriteLine($"MILLECAFES_SEED={Extent.Seed}");

    public void Tell(string line) => output.WriteLine(line);

    public ValueTask DisposeAsync() => output.DisposeAsync();
}
