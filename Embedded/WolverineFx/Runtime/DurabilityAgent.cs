using Microsoft.Extensions.Logging;
using Wolverine.Postgresql;

namespace Wolverine.Runtime;

/// <summary>The one loop of a node: heartbeat, take-over of what dead nodes left, scheduled messages on time, reconnection.</summary>
internal sealed class DurabilityAgent(WolverineRuntime runtime, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestBetweenUpkeep = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource> questions = [];
    private NodeConnection? node;
    private DateTimeOffset? nextDue;
    private long lastCall;
    private long forgot;
    private Task loop = Task.CompletedTask;

    public int NodeNumber => node?.Number ?? 0;

    /// <summary>Registers this node, without handling anything yet.</summary>
    public async Task RegisterAsync(CancellationToken token)
    {
        (node, var serverTime) = await NodeConnection.RegisterAsync(
            runtime.Store.Database, runtime.Store.Tables, runtime.Options.ServiceName, [.. runtime.Queues.All.Select(queue => queue.Address)], token);
        runtime.Clock.Follow(serverTime);
        runtime.Options.Durability.AssignedNodeNumber = node.Number;
    }

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

    /// <summary>Whether to call the other nodes now: a notification makes commits queue up, so it is for the first of many.</summary>
    public bool MayCall()
    {
        var last = Interlocked.Read(ref lastCall);
        return (last == 0 || time.GetElapsedTime(last) >= Pause)
            && Interlocked.CompareExchange(ref lastCall, time.GetTimestamp(), last) == last;
    }

    /// <summary>Says that an envelope of this node may be in the table only; it is looked for as soon as it is old enough to be told from one in hand.</summary>
    public void LookForForgotten() => Interlocked.CompareExchange(ref forgot, time.GetTimestamp(), 0);

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

    public async Task StopAsync(bool orderly)
    {
        await loop;
        await runtime.Upkeep.Ended;
        if (node is null)
        {
            return;
        }

        if (orderly)
        {
            await runtime.Store.ReleaseAsync(node.Number);
        }

        await node.DisposeAsync();
        node = null;
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        long tidied = 0;
        using var timer = time.CreateTimer(_ => Nudge(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!stopping.IsCancellationRequested)
        {
            var asked = Asked();
            try
            {
                if (node is null)
                {
                    await RegisterAsync(stopping);
                    // Others took this process for dead, and it is not: what it has in hand did not end it
                    await runtime.Store.AcquitAsync(runtime.Queues.InHand, stopping);
                    logger.LogWarning("Message node is back as number {Number}", NodeNumber);
                }

                await BeatAsync(node!, stopping);
                if (tidied == 0 || time.GetElapsedTime(tidied) >= BetweenUpkeep() || HasForgotten())
                {
                    Interlocked.Exchange(ref forgot, 0);
                    tidied = time.GetTimestamp();
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
                await WaitAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                await LoseNodeAsync(fault);
            }
        }
    }

    /// <summary>Until the timer or somebody of this node says so, another node calls, or the connection is lost.</summary>
    private async Task WaitAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] reasons = [signal.WaitAsync(over.Token), .. node is { } current ? [current.WaitForCallAsync(over.Token)] : Array.Empty<Task>()];
        var first = await Task.WhenAny(reasons);
        await over.CancelAsync();
        await Task.WhenAll(reasons).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        stopping.ThrowIfCancellationRequested();
        await first;
    }

    private async Task BeatAsync(NodeConnection current, CancellationToken token)
    {
        do
        {
            lock (gate)
            {
                nextDue = null;
            }

            var rooms = runtime.Queues.All.Select(queue => (Queue: queue, queue.Parkings, Room: queue.ReserveForHeartbeat())).ToList();
            var claimed = new Dictionary<QueueWorker, int>();
            try
            {
                var heartbeat = await current.BeatAsync([.. rooms.Select(each => (each.Queue.Address, each.Room))], runtime.Clock.Now, token);
                claimed = heartbeat.Claimed.CountBy(envelope => runtime.Queues.Find(envelope.Destination)!).ToDictionary();
                runtime.Clock.Follow(heartbeat.ServerTime);
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
            finally
            {
                rooms.ForEach(each => each.Queue.GiveBack(each.Room - claimed.GetValueOrDefault(each.Queue)));
            }

            foreach (var (queue, parkings, room) in rooms)
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
        }
        while (runtime.Queues.All.Any(queue => queue.Starving) && !token.IsCancellationRequested);

        runtime.Upkeep.VacuumIfDue(token);
    }

    private async Task TidyAsync(NodeConnection current, CancellationToken token)
    {
        foreach (var envelope in await current.TidyAsync(runtime.Queues.InHand, runtime.Options.Durability.StaleNodeTimeout, token))
        {
            // Without room it is found again the next time
            if (runtime.Queues.Find(envelope.Destination)?.Reserve(1) == 1)
            {
                runtime.Queues.Accept(envelope);
            }
        }

        runtime.Upkeep.CountIfWanted(token);
    }

    private async Task LoseNodeAsync(Exception fault)
    {
        logger.LogWarning("Message database does not serve, trying again: {Fault}", fault.Message);
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

    private bool HasForgotten() => Interlocked.Read(ref forgot) is > 0 and var since && time.GetElapsedTime(since) > NodeConnection.Forgettable;

    private TimeSpan BetweenUpkeep() =>
        runtime.Options.Durability.StaleNodeTimeout < LongestBetweenUpkeep ? runtime.Options.Durability.StaleNodeTimeout : LongestBetweenUpkeep;

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
            var untilDue = nextDue is { } due ? TimeSpan.FromMilliseconds(Math.Ceiling((due - runtime.Clock.Now).TotalMilliseconds)) : regular;
            return untilDue < TimeSpan.Zero ? TimeSpan.Zero : untilDue < regular ? untilDue : regular;
        }
    }
}
