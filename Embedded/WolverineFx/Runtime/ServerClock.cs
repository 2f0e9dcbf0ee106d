namespace Wolverine.Runtime;

/// <summary>The time of the message database: nodes whose own clocks differ, or jump, agree by it.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    private volatile Mark? mark;

    // Counted on from the last heartbeat by a clock that never jumps
    public DateTimeOffset Now => mark is { } known ? known.ServerTime + time.GetElapsedTime(known.Timestamp) : time.GetUtcNow();

    /// <summary>Follows the server, unless a test has brought a time of its own.</summary>
    public void Follow(DateTimeOffset serverTime)
    {
        if (ReferenceEquals(time, TimeProvider.System))
        {
            mark = new Mark(serverTime, time.GetTimestamp());
        }
    }

    private sealed record Mark(DateTimeOffset ServerTime, long Timestamp);
}
