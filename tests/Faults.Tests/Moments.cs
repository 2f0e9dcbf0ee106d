namespace MilleCafes.Faults.Tests;

/// <summary>Random moments that a seed repeats.</summary>
internal sealed class Moments
{
    private readonly Random random = new(Extent.Seed);

    public Task WaitAsync(int fewestMilliseconds, int mostMilliseconds) => Task.Delay(random.Next(fewestMilliseconds, mostMilliseconds));

    public int Choose(int count) => random.Next(count);

    public T Choose<T>(params ReadOnlySpan<T> some) => some[random.Next(some.Length)];
}
