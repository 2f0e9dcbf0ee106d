using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine.Postgresql;

namespace Wolverine.Runtime;

/// <summary>The one loop of a node: heartbeat, take-over of what dead nodes left, scheduled messages on time, reconnection.</summary>
internal sealed class DurabilityAgent(WolverineRuntime runtime, TimeProvider time, ILogger logger)
{
    private const int BeatsBetweenUpkeep = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource<bool>> questions = [];
    private NodeConnection? node;
    private DateTimeOffset? nextDue;
    private bool missedBeat;
    private Task loop = Task.CompletedTask;

    public int NodeNumber => node?.Number ?? 0;

    /// <summary>Registers this node and takes what is waiting, without handling it yet.</summary>
    public async Task RegisterAsync(CancellationToken token) =>
        node = await NodeConnection.RegisterAsync(runtime.Store.Database, runtime.Store.Tables, runtime.Options.ServiceName, token);

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

    /// <summary>Waits until a heartbeat succeeds; true when one failed before it: the database had been away.</summary>
    public Task<bool> ConfirmDatabaseAsync(CancellationToken token)
    {
        var question = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
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
            var asked = questions.Count;
            try
            {
                node ??= await ReconnectAsync(stopping);
                await BeatAsync(node, stopping);
                if (beats++ % BeatsBetweenUpkeep == 0)
                {
                    await TidyAsync(node, stopping);
                }

                Answer(asked);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or TimeoutException or OperationCanceledException)
            {
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

            var rooms = runtime.Queues.All.Select(queue => (queue.Address, queue.Room)).ToList();
            var heartbeat = await current.BeatAsync(rooms, time.GetUtcNow(), token);
            foreach (var (address, room) in rooms)
            {
                // Fewer than there was room for: nothing is left waiting in the table
                runtime.Queues.Find(new Uri(address))!.Parked = heartbeat.Claimed.Count(envelope => envelope.Destination!.ToString() == address) >= room;
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
        var durability = runtime.Options.Durability;
        var upkeep = await current.TidyAsync(
            runtime.Queues.InHand, [.. runtime.Queues.All.Select(queue => queue.Address)], durability.StaleNodeTimeout,
            durability.DeadLetterQueueExpirationEnabled ? durability.DeadLetterQueueExpiration : null, token);
        foreach (var envelope in upkeep.Forgotten.Where(envelope => runtime.Queues.Find(envelope.Destination) is not null))
        {
            runtime.Queues.Accept(envelope);
        }

        foreach (var envelope in upkeep.Orphaned)
        {
            await runtime.Store.MoveToDeadLettersAsync(
                envelope, new InvalidOperationException($"No handler of this application listens to {envelope.Destination}."), token);
        }
    }

    private async Task<NodeConnection> ReconnectAsync(CancellationToken token)
    {
        var fresh = await NodeConnection.RegisterAsync(runtime.Store.Database, runtime.Store.Tables, runtime.Options.ServiceName, token);
        logger.LogWarning("Message node is back as number {Number}", fresh.Number);
        return fresh;
    }

    private async Task LoseNodeAsync(Exception fault)
    {
        missedBeat = true;
        logger.LogWarning("Message database unreachable, trying again: {Fault}", fault.Message);
        if (node is { } lost)
        {
            node = null;
            await lost.DisposeAsync();
        }
    }

    // Only what was asked before the heartbeat began: a later fault may be one it did not meet
    private void Answer(int asked)
    {
        lock (gate)
        {
            questions.GetRange(0, asked).ForEach(question => question.TrySetResult(missedBeat));
            questions.RemoveRange(0, asked);
            missedBeat = false;
        }

        if (questions.Count > 0)
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

            var untilDue = nextDue is { } due ? due - time.GetUtcNow() : regular;
            return untilDue < TimeSpan.Zero ? TimeSpan.Zero : untilDue < regular ? untilDue : regular;
        }
    }
}
