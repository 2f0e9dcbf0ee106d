using System.Collections.Concurrent;

namespace Wolverine.Runtime;

/// <summary>The queues of this node and the register of every envelope it holds.</summary>
internal sealed class LocalQueues(WolverineRuntime runtime)
{
    private readonly ConcurrentDictionary<Guid, Envelope> inHand = new();
    private readonly Dictionary<string, QueueWorker> byAddress = runtime.Handlers.Chains
        .GroupBy(chain => chain.QueueName)
        .Select(chains =>
        {
            var (parallelism, limits) = runtime.Options.SettingsOf(chains.Select(chain => chain.MessageType));
            return new QueueWorker(chains.Key, chains.First().Destination, parallelism, limits, runtime);
        })
        .ToDictionary(queue => queue.Address);

    public IReadOnlyCollection<QueueWorker> All => byAddress.Values;

    public Guid[] InHand => [.. inHand.Keys];

    public QueueWorker? Find(Uri? address) => address is null ? null : byAddress.GetValueOrDefault(address.ToString());

    /// <summary>Ours when there is room for it in memory, otherwise anybody's: it then waits in the table.</summary>
    public void AssignOwners(IReadOnlyList<Envelope> envelopes)
    {
        var owner = runtime.NodeNumber;
        foreach (var envelope in envelopes)
        {
            envelope.OwnerId = 0;
            if (envelope.Status == EnvelopeStatus.Incoming && Find(envelope.Destination) is { } queue)
            {
                if (owner != 0 && !queue.Parked && queue.Reserve(1) == 1)
                {
                    envelope.OwnerId = owner;
                }
                else
                {
                    queue.Park();
                }
            }
        }
    }

    /// <summary>Gives back the room that was set aside for envelopes which are not coming.</summary>
    public void Relinquish(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes)
        {
            if (envelope.OwnerId != 0)
            {
                Find(envelope.Destination)!.GiveBack(1);
            }
        }
    }

    /// <summary>Takes an envelope this node owns and has room for; one already in hand under an older claim is run again only if that claim fails.</summary>
    public void Accept(Envelope envelope)
    {
        var queue = Find(envelope.Destination)!;
        while (true)
        {
            if (inHand.TryAdd(envelope.Id, envelope))
            {
                queue.Enqueue(envelope);
                return;
            }

            if (inHand.TryGetValue(envelope.Id, out var older) && inHand.TryUpdate(envelope.Id, envelope, older))
            {
                queue.GiveBack(1);
                return;
            }
        }
    }

    public void Release(Envelope envelope, QueueWorker queue)
    {
        if (!inHand.TryRemove(KeyValuePair.Create(envelope.Id, envelope)) && inHand.TryGetValue(envelope.Id, out var newer))
        {
            queue.Enqueue(newer);
        }
        else
        {
            queue.GiveBack(1);
        }
    }

    public void Start(CancellationToken stopping)
    {
        foreach (var queue in All)
        {
            queue.Start(stopping);
        }
    }

    public Task DrainAsync() => Task.WhenAll(All.Select(queue => queue.Drained));
}
