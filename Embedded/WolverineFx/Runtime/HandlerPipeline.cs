using Microsoft.Extensions.Logging;
using Wolverine.ErrorHandling;
using Wolverine.Postgresql;
using Wolverine.Runtime.Serialization;
using Wolverine.Tracking;
using Wolverine.Runtime.Handlers;

namespace Wolverine.Runtime;

/// <summary>Handles one envelope to its end: completed, given up, put back for later, or left to another node.</summary>
internal sealed class HandlerPipeline(WolverineRuntime runtime, HandlerExecutor executor, TimeProvider time, ILogger logger)
{
    // A handler may also talk to another database, which stays away
    private const int MostFaults = 20;

    // A full pool or a clock that jumps says nothing about the message; a query of its own that is too slow costs half a minute each time
    private const int MostTimeouts = 2;

    private readonly EnvelopeOutcomes outcomes = new(runtime, time, logger);
    private readonly SemaphoreSlim interrogation = new(1, 1);

    /// <summary>Never throws: a message must not stop its queue.</summary>
    public async Task HandleAsync(Envelope envelope, QueueWorker queue)
    {
        if (IsSuspect(envelope))
        {
            // One at a time: when the process ends, only the one it ended with is to blame
            await interrogation.WaitAsync();
        }

        await TryAsync(envelope, queue);
    }

    private async Task TryAsync(Envelope envelope, QueueWorker queue)
    {
        var end = End.Over;
        try
        {
            if (!runtime.Stopping.IsCancellationRequested && await PrepareAsync(envelope, queue) is { } chain)
            {
                end = await RunAsync(envelope, chain, queue);
            }
        }
        catch (ClaimLostException)
        {
            logger.LogDebug("{Envelope} was taken over by another node", envelope);
        }
        catch (OperationCanceledException) when (runtime.Stopping.IsCancellationRequested)
        {
            // Still in the table: handled after the restart, or by another node
        }
        catch (Exception unexpected)
        {
            logger.LogError(unexpected, "{Envelope} stays in the table", envelope);
            runtime.Agent.LookForForgotten();
        }

        EndInterrogation(envelope);
        switch (end)
        {
            case End.Requeued:
                queue.Enqueue(envelope);
                break;
            case End.LeftToComplete:
                runtime.Completions.Add(envelope, queue);
                break;
            default:
                runtime.Queues.Release(envelope, queue);
                break;
        }
    }

    private async Task<HandlerChain?> PrepareAsync(Envelope envelope, QueueWorker queue)
    {
        var chain = runtime.Handlers.Find(queue.Name, envelope.MessageType!);
        try
        {
            if (envelope.Message is null)
            {
                EnvelopeSerializer.Read(envelope, chain?.MessageType, runtime.Options.Json);
            }
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            // A constructor of the message may throw anything
            await outcomes.GiveUpAsync(envelope, unreadable);
            return null;
        }

        if (chain is null)
        {
            await outcomes.GiveUpAsync(envelope, new InvalidOperationException($"{queue.Name} does not handle messages of type {envelope.MessageType}."));
            return null;
        }

        runtime.Tracker.Record(MessageEventType.Received, envelope);
        if (envelope.DeliverBy <= runtime.Clock.Now)
        {
            await outcomes.DiscardAsync(envelope);
            return null;
        }

        if (!IsSuspect(envelope))
        {
            return chain;
        }

        var starts = await outcomes.DurablyAsync(token => runtime.Store.CountStartAsync(envelope, token));
        if (starts > PostgresqlMessageStore.Convicted)
        {
            await outcomes.GiveUpAsync(envelope, new InvalidOperationException("The process ended again and again while it handled this message."));
        }

        return starts <= PostgresqlMessageStore.Convicted ? chain : null;
    }

    private async Task<End> RunAsync(Envelope envelope, HandlerChain chain, QueueWorker queue)
    {
        // A suspect has to be gone before the next one's handler may end the process; so has the first of those that keep their order
        var from = queue.InOrder || IsSuspect(envelope) ? HandledFrom.Line : HandledFrom.Crowd;
        var (faults, timeouts) = (0, 0);
        while (true)
        {
            envelope.Attempts++;
            // Around what is logged of a failure too, which belongs to the same trace
            using var activity = Telemetry.StartExecuting(envelope);
            try
            {
                var (_, left) = await executor.AttemptAsync(envelope, chain, activity, from, null, null, runtime.Cancellation);
                if (left)
                {
                    return End.LeftToComplete;
                }

                runtime.Tracker.Record(MessageEventType.MessageSucceeded, envelope);
                runtime.Telemetry.Succeeded(envelope, runtime.Clock.Now);
                return End.Over;
            }
            catch (Exception failure) when (!runtime.Cancellation.IsCancellationRequested)
            {
                await AcquitAsync(envelope);
                if (failure is ClaimLostException)
                {
                    throw;
                }

                if ((Faults.IsConnectionFault(failure) && faults++ < MostFaults) || (Faults.IsTimeout(failure) && timeouts++ < MostTimeouts))
                {
                    // The database had been away, or one connection, which says nothing about the message
                    envelope.Attempts--;
                    await runtime.Agent.ConfirmDatabaseAsync(runtime.Stopping);
                    await Task.Delay(EnvelopeOutcomes.Breath, time, runtime.Stopping);
                    continue;
                }

                var step = executor.Decide(failure, envelope);
                logger.LogWarning(failure, "Attempt {Attempt} of {Envelope} failed: {Action}", envelope.Attempts, envelope, step.Kind);
                switch (step.Kind)
                {
                    case FailureActionKind.Retry:
                        await Task.Delay(step.Delay, time, runtime.Stopping);
                        continue;
                    case FailureActionKind.Requeue:
                        runtime.Tracker.Record(MessageEventType.Requeued, envelope);
                        return End.Requeued;
                    case FailureActionKind.Schedule:
                        await outcomes.ScheduleAsync(envelope, runtime.Clock.Now + step.Delay);
                        return End.Over;
                    case FailureActionKind.Discard:
                        await outcomes.DiscardAsync(envelope);
                        return End.Over;
                    default:
                        await outcomes.GiveUpAsync(envelope, failure);
                        return End.Over;
                }
            }
        }
    }

    private static bool IsSuspect(Envelope envelope) => envelope.Interruptions >= PostgresqlMessageStore.Suspect;

    // It was suspected of ending processes, and has come to an end in one that lives
    private async Task AcquitAsync(Envelope envelope)
    {
        if (IsSuspect(envelope))
        {
            EndInterrogation(envelope);
            await outcomes.DurablyAsync(token => runtime.Store.AcquitAsync([envelope.Id], token));
        }
    }

    private void EndInterrogation(Envelope envelope)
    {
        if (IsSuspect(envelope))
        {
            envelope.Interruptions = 0;
            interrogation.Release();
        }
    }

    private enum End
    {
        Over,
        Requeued,
        LeftToComplete
    }
}
