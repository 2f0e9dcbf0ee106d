using System.Collections.Concurrent;
using System.Threading.Channels;
using Wolverine.Transports;
using Wolverine.Transports.Local;

namespace Wolverine.Runtime;

/// <summary>What this node holds in memory of one queue, and the workers that empty it.</summary>
internal sealed class QueueWorker(string name, int parallelism, BufferingLimits limits, WolverineRuntime runtime)
{
    private readonly Channel<Envelope> channel = Channel.CreateUnbounded<Envelope>();
    private Task[] workers = [];
    private int held;
    private int parkings;
    private int cleared;

    public string Name { get; } = name;

    public string Address { get; } = LocalQueue.UriFor(name).ToString();

    public int Room => Math.Max(0, limits.Maximum - Volatile.Read(ref held));

    /// <summary>Whether more of this queue waits in the table; new messages then wait behind it, in their order.</summary>
    public bool Parked => Volatile.Read(ref parkings) != Volatile.Read(ref cleared);

    /// <summary>How often something was left in the table.</summary>
    public int Parkings => Volatile.Read(ref parkings);

    public bool Starving => Parked && Volatile.Read(ref held) <= Math.Min(limits.Restart, limits.Maximum - 1);

    public void Park() => Interlocked.Increment(ref parkings);

    /// <summary>Nothing waits in the table, but for what was left there since <see cref="Parkings"/> was read.</summary>
    public void Clear(int read) => Volatile.Write(ref cleared, read);

    public void Enqueue(Envelope envelope)
    {
        Interlocked.Increment(ref held);
        channel.Writer.TryWrite(envelope);
    }

    public void Start(CancellationToken stopping) =>
        workers = [.. Enumerable.Range(0, parallelism).Select(_ => Task.Run(() => WorkAsync(stopping), CancellationToken.None))];

    public Task Drained => Task.WhenAll(workers);

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            while (await channel.Reader.WaitToReadAsync(stopping))
            {
                while (!stopping.IsCancellationRequested && channel.Reader.TryRead(out var envelope))
                {
                    await runtime.Pipeline.HandleAsync(envelope, this);
                    Interlocked.Decrement(ref held);
                    if (Starving)
                    {
                        runtime.Agent.Nudge();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left in the channel goes back to the table
        }
    }
}

/// <summary>The queues of this node and the register of every envelope it holds.</summary>
internal sealed class LocalQueues(WolverineRuntime runtime)
{
    private readonly ConcurrentDictionary<Guid, Envelope> inHand = new();
    private readonly Dictionary<Uri, QueueWorker> byAddress = runtime.Handlers.Chains
        .GroupBy(chain => chain.QueueName)
        .Select(chains =>
        {
            var (parallelism, limits) = runtime.Options.SettingsOf(chains.Select(chain => chain.MessageType));
            return new QueueWorker(chains.Key, parallelism, limits, runtime);
        })
        .ToDictionary(queue => new Uri(queue.Address));

    public IReadOnlyCollection<QueueWorker> All => byAddress.Values;

    public Guid[] InHand => [.. inHand.Keys];

    public QueueWorker? Find(Uri? address) => address is null ? null : byAddress.GetValueOrDefault(address);

    /// <summary>Ours when there is room for it in memory, otherwise anybody's: it then waits in the table.</summary>
    public void AssignOwners(IReadOnlyList<Envelope> envelopes)
    {
        var taken = new Dictionary<QueueWorker, int>();
        foreach (var envelope in envelopes)
        {
            envelope.OwnerId = 0;
            if (envelope.Status == EnvelopeStatus.Incoming && Find(envelope.Destination) is { } queue)
            {
                var before = taken.GetValueOrDefault(queue);
                if (!queue.Parked && before < queue.Room)
                {
                    envelope.OwnerId = runtime.NodeNumber;
                    taken[queue] = before + 1;
                }
                else
                {
                    queue.Park();
                }
            }
        }
    }

    /// <summary>Takes an envelope this node owns; one already in hand under an older claim is run again only if that claim fails.</summary>
    public void Accept(Envelope envelope)
    {
        while (true)
        {
            if (inHand.TryAdd(envelope.Id, envelope))
            {
                Find(envelope.Destination)!.Enqueue(envelope);
                return;
            }

            if (inHand.TryGetValue(envelope.Id, out var older) && inHand.TryUpdate(envelope.Id, envelope, older))
            {
                return;
            }
        }
    }

    public void Release(Envelope envelope)
    {
        if (!inHand.TryRemove(KeyValuePair.Create(envelope.Id, envelope)) && inHand.TryGetValue(envelope.Id, out var newer))
        {
            Find(newer.Destination)!.Enqueue(newer);
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
