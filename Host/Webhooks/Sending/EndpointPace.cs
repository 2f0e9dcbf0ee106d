using MilleCafes.Host.Webhooks.Deliveries;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>The leave to make one attempt.</summary>
/// <param name="Untried">Whether the endpoint had not answered lately.</param>
internal sealed record Turn(string Url, string Owner, bool Untried, long Started)
{
    /// <summary>Those who have a share of the workers: the key, and the host behind the address.</summary>
    public (string, string)[] Parties { get; } = [("key", Owner), ("host", new Uri(Url).Authority)];
}

/// <summary>How an endpoint took an attempt.</summary>
internal enum EndpointSign
{
    /// <summary>Nothing can be said.</summary>
    None,

    /// <summary>It answered, be it with a refusal, be it late.</summary>
    Answered,

    /// <summary>It asked for less, or is not there.</summary>
    Overloaded,

    /// <summary>It let us wait until the end.</summary>
    Silent,
}

/// <summary>What one endpoint may be asked, by what it answered before and how fast.</summary>
internal sealed class EndpointPace
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private int pauses;

    public int Slots { get; private set; } = 1;

    public bool Answers { get; private set; }

    public DateTimeOffset QuietUntil { get; private set; }

    public List<Turn> UnderWay { get; } = [];

    /// <param name="late">Whether the answer, to the end of what is read of it, took long.</param>
    public void Take(EndpointSign sign, bool late, TimeSpan? retryAfter, DateTimeOffset now)
    {
        switch (sign)
        {
            case EndpointSign.Answered when !late:
                (Slots, Answers, pauses, QuietUntil) = (Math.Min(Slots + 1, EndpointPaces.PerEndpoint), true, 0, default);
                break;
            case EndpointSign.Answered:
                (Slots, Answers, pauses, QuietUntil) = (Math.Max(Slots / 2, 1), false, 0, default);
                break;
            case EndpointSign.Overloaded or EndpointSign.Silent:
                (Slots, Answers) = sign == EndpointSign.Silent ? (1, false) : (Math.Max(Slots / 2, 1), Answers && !late);
                var pause = TimeSpan.FromSeconds(1 << Math.Min(pauses++, 6));
                var until = now + Longest(pause < LongestPause ? pause : LongestPause, retryAfter is { } asked ? RetrySchedule.Granted(asked) : TimeSpan.Zero);
                QuietUntil = until > QuietUntil ? until : QuietUntil;
                break;
        }
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
