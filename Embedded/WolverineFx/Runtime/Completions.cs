using Microsoft.Extensions.Logging;
using Wolverine.Tracking;

namespace Wolverine.Runtime;

/// <summary>Deletes the envelopes whose handlers left nothing else to commit, several at once; no worker waits for it.</summary>
/// <remarks>Never more than the queues hold: until it is deleted, an envelope keeps its room.</remarks>
internal sealed class Completions(WolverineRuntime runtime, TimeProvider time, ILogger logger)
{
    private const int AtOnce = 500;

    // After a deletion, for the next to be of many; the first of all waits for nothing. By a real clock, whatever a test's shows
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private readonly EnvelopeOutcomes outcomes = new(runtime, time, logger);
    private readonly Lock gate = new();
    private readonly Queue<(Envelope Envelope, QueueWorker Queue)> waiting = [];
    private Task pump = Task.CompletedTask;
    private bool pumping;

    /// <summary>Over when nothing waits, if nothing is added meanwhile.</summary>
    public Task Drained
    {
        get
        {
            lock (gate)
            {
                return pump;
            }
        }
    }

    public void Add(Envelope envelope, QueueWorker queue)
    {
        lock (gate)
        {
            waiting.Enqueue((envelope, queue));
            if (!pumping)
            {
                pumping = true;
                // It serves all, not the trace of the one that set it going
                using (ExecutionContext.SuppressFlow())
                {
                    pump = Task.Run(PumpAsync);
                }
            }
        }
    }

    private async Task PumpAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            await CompleteAsync(batch);
            await Task.Delay(Linger, TimeProvider.System, runtime.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<(Envelope Envelope, QueueWorker Queue)> Take()
    {
        lock (gate)
        {
            var batch = new List<(Envelope Envelope, QueueWorker Queue)>(Math.Min(waiting.Count, AtOnce));
            // Those of an earlier number of this node, before it lost its connection, are another statement's
            while (batch.Count < AtOnce && waiting.TryPeek(out var next) && (batch.Count == 0 || next.Envelope.OwnerId == batch[0].Envelope.OwnerId))
            {
                batch.Add(waiting.Dequeue());
            }

            pumping = batch.Count > 0;
            return batch;
        }
    }

    /// <summary>Never throws: what cannot be deleted is handled once more.</summary>
    private async Task CompleteAsync(List<(Envelope Envelope, QueueWorker Queue)> batch)
    {
        var ids = batch.ConvertAll(each => each.Envelope.Id).ToArray();
        try
        {
            var gone = await outcomes.DurablyAsync(token => runtime.Store.CompleteAsync(ids, batch[0].Envelope.OwnerId, token));
            runtime.Upkeep.CountRemoved(gone.Count);
            foreach (var (envelope, _) in batch)
            {
                if (gone.Contains(envelope.Id))
                {
                    runtime.Tracker.Record(MessageEventType.MessageSucceeded, envelope);
                    runtime.Telemetry.Succeeded(envelope, runtime.Clock.Now);
                }
                else
                {
                    logger.LogDebug("{Envelope} was taken over by another node", envelope);
                }
            }
        }
        catch (OperationCanceledException) when (runtime.Stopping.IsCancellationRequested)
        {
            // Still in the table: handled after the restart, or by another node
        }
        catch (Exception unexpected)
        {
            logger.LogError(unexpected, "{Count} handled messages stay in the table", batch.Count);
            runtime.Agent.LookForForgotten();
        }

        foreach (var (envelope, queue) in batch)
        {
            runtime.Queues.Release(envelope, queue);
        }
    }
}
