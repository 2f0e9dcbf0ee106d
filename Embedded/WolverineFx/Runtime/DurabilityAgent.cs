using Microsoft.Extensions.Logging;
using Wolverine.Postgresql;

namespace Wolverine.Runtime;

/// <summary>The one loop of a node: heartbeat, take-over of what dead nodes left, scheduled messages on time, reconnection.</summary>
internal sealed class DurabilityAgent(WolverineRuntime runtime, TimeProvider time, ILogger logger)
{
    private const int BeatsBetweenUpkeep = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource> questions = [];
    private NodeConnection? node;
    private DateTimeOffset? nextDue;
    private volatile int outages;
    private Task loop = Task.CompletedTask;

    public int NodeNumber => node?.Number ?? 0;

    /// <summary>How often the database was found to be away.</summary>
    public int Outages => outages;

    /// <summary>Registers this node, without handling anything yet.</summary>
    public async Task RegisterAsync(CancellationToken token) => node = await NodeConnection.RegisterAsync(
        runtime.Store.Database, runtime.Store.Tables, runtime.Options.ServiceName, [.. runtime.Queues.All.Select(queue => queue.Address)], token);

    public void Start(CancellationToken stopping) => loop = Task.Run(() => RunAsync(stopping), CancellationToken.None);

    /// <summary>Beats now: something may be waiting.</summary>
    public void Nudge()
    {
        lock (gate)
        {
            if (signal.CurrentCount == 0)
            {
                signal.Release();
            }
        }
    }

    /// <summary>Makes sure that a message scheduled by this node is woken on time.</summary>
    public void WakeAt(DateTimeOffset due)
    {
        lock (gate)
        {
            if (nextDue is { } known && known <= due)
            {
                return;
            }

            nextDue = due;
        }

        Nudge();
    }

    /// <summary>Waits until a heartbeat that began after this call has succeeded.</summary>
    public Task ConfirmDatabaseAsync(CancellationToken token)
    {
        var question = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            questions.Add(question);
        }

        Nudge();
        return question.Task.WaitAsync(token);
    }

    public async Task StopAsync(bool orderly, CancellationToken token)
    {
        await loop;
        if (node is null)
        {
            return;
        }

        if (orderly)
        {
            await runtime.Store.ReleaseAsync(node.Number, token);
            await node.UnregisterAsync(token);
        }

        await node.DisposeAsync();
        node = null;
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var beats = 0;
        using var timer = time.CreateTimer(_ => Nudge(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!stopping.IsCancellationRequested)
        {
            var asked = Asked();
            try
            {
                if (node is null)
                {
                    await RegisterAsync(stopping);
                    logger.LogWarning("Message node is back as number {Number}", NodeNumber);
                }

                await BeatAsync(node!, stopping);
                if (beats++ % BeatsBetweenUpkeep == 0)
                {
                    await TidyAsync(node!, stopping);
                }

                Answer(asked);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Whatever it was: without this loop, messages would wait for ever
                await LoseNodeAsync(fault);
            }

            timer.Change(Delay(), Timeout.InfiniteTimeSpan);
            try
            {
                await signal.WaitAsync(stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task BeatAsync(NodeConnection current, CancellationToken token)
    {
        do
        {
            lock (gate)
            {
                nextDue = null;
            }

            var rooms = runtime.Queues.All.Select(queue => (Queue: queue, queue.Room, queue.Parkings)).ToList();
            var heartbeat = await current.BeatAsync([.. rooms.Select(each => (each.Queue.Address, each.Room))], time.GetUtcNow(), token);
            var claimed = heartbeat.Claimed.CountBy(envelope => runtime.Queues.Find(envelope.Destination)!).ToDictionary();
            foreach (var (queue, room, parkings) in rooms)
            {
                if (claimed.GetValueOrDefault(queue) < room)
                {
                    queue.Clear(parkings);
                }
                else
                {
                    queue.Park();
                }
            }

            foreach (var envelope in heartbeat.Claimed)
            {
                runtime.Queues.Accept(envelope);
            }

            if (heartbeat.NextDue is { } due)
            {
                lock (gate)
                {
                    nextDue = nextDue is { } sooner && sooner < due ? sooner : due;
                }
            }
        }
        while (runtime.Queues.All.Any(queue => queue.Starving) && !token.IsCancellationRequested);
    }

    private async Task TidyAsync(NodeConnection current, CancellationToken token)
    {
        foreach (var envelope in await current.TidyAsync(runtime.Queues.InHand, runtime.Options.Durability.StaleNodeTimeout, token))
        {
            runtime.Queues.Accept(envelope);
        }
    }

    private async Task LoseNodeAsync(Exception fault)
    {
        Interlocked.Increment(ref outages);
        logger.LogWarning("Message database unreachable, trying again: {Fault}", fault.Message);
        if (node is { } lost)
        {
            node = null;
            await lost.DisposeAsync();
        }
    }

    private int Asked()
    {
        lock (gate)
        {
            return questions.Count;
        }
    }

    // Only what was asked before the heartbeat began: a later fault may be one it did not meet
    private void Answer(int asked)
    {
        lock (gate)
        {
            questions.GetRange(0, asked).ForEach(question => question.TrySetResult());
            questions.RemoveRange(0, asked);
        }

        if (Asked() > 0)
        {
            Nudge();
        }
    }

    private TimeSpan Delay()
    {
        var durability = runtime.Options.Durability;
        var regular = durability.HealthCheckPollingTime < durability.ScheduledJobPollingTime
            ? durability.HealthCheckPollingTime
            : durability.ScheduledJobPollingTime;
        lock (gate)
        {
            if (node is null)
            {
                return Pause;
            }

            // Timers count whole milliseconds: rounded up, or the last one would be spent in heartbeats that come too early
            var untilDue = nextDue is { } due ? TimeSpan.FromMilliseconds(Math.Ceiling((due - time.GetUtcNow()).TotalMilliseconds)) : regular;
            return untilDue < TimeSpan.Zero ? TimeSpan.Zero : untilDue < regular ? untilDue : regular;
        }
    }
}
