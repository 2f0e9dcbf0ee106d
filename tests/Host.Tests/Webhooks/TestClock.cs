namespace MilleCafes.Host.Tests.Webhooks;

/// <summary>A clock that is moved by hand.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = Samples.Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => now += time;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;
}
