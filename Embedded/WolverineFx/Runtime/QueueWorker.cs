using System.Threading.Channels;
using Wolverine.Transports;

namespace Wolverine.Runtime;

/// <summary>What this node holds in memory of one queue, never more than its limit, and the workers that empty it.</summary>
internal sealed class QueueWorker(string name, Uri address, int parallelism, BufferingLimits limits, WolverineRuntime runtime)
{
    private readonly Channel<Envelope> channel = Channel.CreateUnbounded<Envelope>();
    private Task[] workers = [];
    private int held;
    private int parkings;
    private int cleared;

    public string Name { get; } = name;

    public string Address { get; } = address.ToString();

    /// <summary>Whether each of its messages ends before the next begins.</summary>
    public bool InOrder => parallelism == 1;

    /// <summary>Whether more of this queue waits in the table; new messages then wait behind it, in their order.</summary>
    public bool Parked => Volatile.Read(ref parkings) != Volatile.Read(ref cleared);

    /// <summary>How often something was left in the table.</summary>
    public int Parkings => Volatile.Read(ref parkings);

    public bool Starving => Parked && Volatile.Read(ref held) <= Math.Min(limits.Restart, limits.Maximum - 1);

    public Task Drained => Task.WhenAll(workers);

    /// <summary>Sets room aside before an envelope is claimed; gives how much there was.</summary>
    public int Reserve(int wanted)
    {
        while (true)
        {
            var before = Volatile.Read(ref held);
            var granted = Math.Clamp(limits.Maximum - before, 0, wanted);
            if (Interlocked.CompareExchange(ref held, before + granted, before) == before)
            {
                return granted;
            }
        }
    }

    /// <summary>Sets room aside for a heartbeat: all of it when something waits, else half, for commits need some meanwhile.</summary>
    public int ReserveForHeartbeat() => Reserve(Parked ? limits.Maximum : Math.Max(1, (limits.Maximum - Volatile.Read(ref held)) / 2));

    /// <summary>Takes what a test plays before its time, whatever the room.</summary>
    public void ReserveAnyway() => Interlocked.Increment(ref held);

    public void GiveBack(int rooms)
    {
        Interlocked.Add(ref held, -rooms);
        if (Starving)
        {
            runtime.Agent.Nudge();
        }
    }

    public void Park() => Interlocked.Increment(ref parkings);

    /// <summary>Nothing waits in the table, but for what was left there since <see cref="Parkings"/> was read.</summary>
    public void Clear(int read) => Volatile.Write(ref cleared, read);

    /// <summary>Takes an envelope whose room is reserved.</summary>
    public void Enqueue(Envelope envelope) => channel.Writer.TryWrite(envelope);

    public void Start(CancellationToken stopping) =>
        workers = [.. Enumerable.Range(0, parallelism).Select(_ => Task.Run(() => WorkAsync(stopping), CancellationToken.None))];

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            while (await channel.Reader.WaitToReadAsync(stopping))
            {
                while (!stopping.IsCancellationRequested && channel.Reader.TryRead(out var envelope))
                {
                    await runtime.Pipeline.HandleAsync(envelope, this);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left in the channel goes back to the table
        }
    }
}
