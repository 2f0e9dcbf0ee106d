namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>
/// Whose turn it is in this process. An endpoint begins with one attempt at a time and earns more by answering; one that hangs keeps one worker busy,
/// and those that have not answered lately, or only after long, never have more than half of all.
/// </summary>
internal sealed class EndpointPaces(TimeProvider time)
{
    public const int Workers = 256;
    public const int PerEndpoint = 16;
    public const int PerParty = 64;
    public const int UntriedPerParty = 32;
    public const int Untried = Workers / 2;

    private const int Remembered = 10_000;
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, EndpointPace> paces = [];
    private readonly Dictionary<(string, string), (int All, int Untried)> parties = [];
    private int untried;

    /// <summary>The leave to make an attempt now, which <see cref="Leave"/> must follow; null when others come first.</summary>
    /// <param name="regardless">Whether the endpoint is to be tried whatever it did before.</param>
    public Turn? TryEnter(string url, string owner, bool regardless = false)
    {
        lock (gate)
        {
            var pace = paces.GetValueOrDefault(url) ?? new EndpointPace();
            var turn = new Turn(url, owner, !pace.Answers, time.GetTimestamp());
            if ((turn.Untried && untried >= Untried) || !Array.TrueForAll(turn.Parties, party => HasShare(party, turn)) || (!regardless && !HasTurn(pace)))
            {
                return null;
            }

            pace.UnderWay.Add(turn);
            paces[url] = pace;
            Count(turn, 1);
            return turn;
        }
    }

    public void Leave(Turn turn, EndpointSign sign, TimeSpan? retryAfter)
    {
        lock (gate)
        {
            var pace = paces[turn.Url];
            pace.UnderWay.Remove(turn);
            Count(turn, -1);
            pace.Take(sign, IsStuck(turn), retryAfter, time.GetUtcNow());
            if (paces.Count > Remembered)
            {
                Forget();
            }
        }
    }

    /// <summary>How long the endpoint is still left in peace.</summary>
    public TimeSpan QuietOf(string url)
    {
        lock (gate)
        {
            return paces.GetValueOrDefault(url) is { } pace && pace.QuietUntil - time.GetUtcNow() is var quiet && quiet > TimeSpan.Zero ? quiet : TimeSpan.Zero;
        }
    }

    // One that has kept an attempt waiting gets no other meanwhile
    private bool HasTurn(EndpointPace pace) =>
        pace.UnderWay.Count < pace.Slots && pace.QuietUntil <= time.GetUtcNow() && !pace.UnderWay.Exists(IsStuck);

    private bool IsStuck(Turn turn) => time.GetElapsedTime(turn.Started) >= Stuck;

    private bool HasShare((string, string) party, Turn turn) =>
        parties.GetValueOrDefault(party) is var share && share.All < PerParty && (!turn.Untried || share.Untried < UntriedPerParty);

    private void Count(Turn turn, int change)
    {
        untried += turn.Untried ? change : 0;
        foreach (var party in turn.Parties)
        {
            var share = parties.GetValueOrDefault(party);
            share = (share.All + change, share.Untried + (turn.Untried ? change : 0));
            parties[party] = share;
            if (share.All == 0)
            {
                parties.Remove(party);
            }
        }
    }

    private void Forget()
    {
        foreach (var (url, pace) in paces.Where(known => known.Value.UnderWay.Count == 0 && known.Value.QuietUntil <= time.GetUtcNow()).ToList())
        {
            paces.Remove(url);
        }
    }
}
