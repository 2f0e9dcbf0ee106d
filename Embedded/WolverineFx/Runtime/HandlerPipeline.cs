using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wolverine.ErrorHandling;
using Wolverine.Postgresql;
using Wolverine.Runtime.Serialization;
using Wolverine.Tracking;

namespace Wolverine.Runtime;

/// <summary>Handles one envelope to its end: completed, given up, put back for later, or left to another node.</summary>
internal sealed class HandlerPipeline(WolverineRuntime runtime, IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    // A handler may also talk to another database, which stays away
    private const int MostFaults = 20;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

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

    /// <summary>Handles a message now, outside of the queues, for <c>InvokeAsync</c>; failures are the caller's.</summary>
    public async Task<object?> InvokeAsync(
        object message, DeliveryOptions options, Type? response, string? correlationId, TimeSpan? timeout, CancellationToken token)
    {
        var chains = runtime.Handlers.For(message.GetType());
        if (chains.Count == 0)
        {
            throw new Routing.IndeterminateRoutesException(message.GetType());
        }

        object? answer = null;
        foreach (var chain in chains)
        {
            var envelope = new Envelope(message)
            {
                MessageType = chain.WireName, CorrelationId = options.CorrelationId ?? correlationId, SentAt = runtime.Clock.Now, Destination = chain.Destination,
                Source = runtime.Options.ServiceName
            };
            while (true)
            {
                envelope.Attempts++;
                try
                {
                    answer = await AttemptAsync(envelope, chain, stored: false, response, timeout, token);
                    break;
                }
                catch (Exception failure) when (Decide(failure, envelope) is { Kind: FailureActionKind.Retry } step && !token.IsCancellationRequested)
                {
                    await Task.Delay(step.Delay, time, token);
                }
            }
        }

        return response is null || response.IsInstanceOfType(answer)
            ? answer
            : throw new InvalidOperationException($"No handler of {message.GetType().FullName} answers with {response.FullName}.");
    }

    private async Task TryAsync(Envelope envelope, QueueWorker queue)
    {
        var requeued = false;
        try
        {
            requeued = !runtime.Stopping.IsCancellationRequested && await PrepareAsync(envelope, queue) is { } chain && await RunAsync(envelope, chain);
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
        }

        EndInterrogation(envelope);
        if (requeued)
        {
            queue.Enqueue(envelope);
        }
        else
        {
            runtime.Queues.Release(envelope, queue);
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
            await GiveUpAsync(envelope, unreadable);
            return null;
        }

        if (chain is null)
        {
            await GiveUpAsync(envelope, new InvalidOperationException($"{queue.Name} does not handle messages of type {envelope.MessageType}."));
            return null;
        }

        runtime.Tracker.Record(MessageEventType.Received, envelope);
        if (envelope.DeliverBy <= runtime.Clock.Now)
        {
            await DiscardAsync(envelope);
            return null;
        }

        if (!IsSuspect(envelope))
        {
            return chain;
        }

        var starts = await DurablyAsync(token => runtime.Store.CountStartAsync(envelope, token));
        if (starts > PostgresqlMessageStore.Convicted)
        {
            await GiveUpAsync(envelope, new InvalidOperationException("The process ended again and again while it handled this message."));
        }

        return starts <= PostgresqlMessageStore.Convicted ? chain : null;
    }

    /// <summary>True when the envelope goes to the end of its queue.</summary>
    private async Task<bool> RunAsync(Envelope envelope, HandlerChain chain)
    {
        var faults = 0;
        while (true)
        {
            envelope.Attempts++;
            try
            {
                await AttemptAsync(envelope, chain, stored: true, null, null, runtime.Cancellation);
                runtime.Tracker.Record(MessageEventType.MessageSucceeded, envelope);
                runtime.Telemetry.Succeeded(envelope, runtime.Clock.Now);
                return false;
            }
            catch (Exception failure) when (!runtime.Cancellation.IsCancellationRequested)
            {
                await AcquitAsync(envelope);
                if (failure is ClaimLostException)
                {
                    throw;
                }

                if (Faults.IsConnectionFault(failure) && faults++ < MostFaults)
                {
                    // The database had been away, or one connection, which says nothing about the message
                    envelope.Attempts--;
                    await runtime.Agent.ConfirmDatabaseAsync(runtime.Stopping);
                    await Task.Delay(Breath, time, runtime.Stopping);
                    continue;
                }

                var step = Decide(failure, envelope);
                logger.LogWarning(failure, "Attempt {Attempt} of {Envelope} failed: {Action}", envelope.Attempts, envelope, step.Kind);
                switch (step.Kind)
                {
                    case FailureActionKind.Retry:
                        await Task.Delay(step.Delay, time, runtime.Stopping);
                        continue;
                    case FailureActionKind.Requeue:
                        runtime.Tracker.Record(MessageEventType.Requeued, envelope);
                        return true;
                    case FailureActionKind.Schedule:
                        await ScheduleAsync(envelope, runtime.Clock.Now + step.Delay);
                        return false;
                    case FailureActionKind.Discard:
                        await DiscardAsync(envelope);
                        return false;
                    default:
                        await GiveUpAsync(envelope, failure);
                        return false;
                }
            }
        }
    }

    private async Task<object?> AttemptAsync(
        Envelope envelope, HandlerChain chain, bool stored, Type? response, TimeSpan? timeout, CancellationToken token)
    {
        using var activity = Telemetry.StartExecuting(envelope);
        var start = time.GetTimestamp();
        using var limit = new CancellationTokenSource(timeout ?? Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        runtime.Tracker.Record(MessageEventType.ExecutionStarted, envelope);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<MessageContext>();
            var transaction = context.Handle(envelope, stored);
            await using var session = chain.NeedsSession ? runtime.Sessions!.Open(context, chain.StoreType) : null;
            var returned = await chain.Invoke(new HandlerCall(envelope.Message!, envelope, context, session?.Session, scope.ServiceProvider, both.Token));
            if (response is null || !response.IsInstanceOfType(returned))
            {
                await context.CascadeAsync(returned);
            }

            transaction.Completing = true;
            if (session is not null && runtime.Options.CommitsSessions)
            {
                await session.SaveChangesAsync(both.Token);
            }

            if (!transaction.Completed)
            {
                await runtime.Store.CommitAsync(transaction, both.Token);
            }

            runtime.Tracker.Record(MessageEventType.ExecutionFinished, envelope);
            runtime.Telemetry.Executed(envelope, time.GetElapsedTime(start));
            if (transaction.RescheduledTo is { } later && stored)
            {
                runtime.Tracker.Record(MessageEventType.Scheduled, envelope);
                runtime.Agent.WakeAt(later);
            }

            return returned;
        }
        catch (ClaimLostException)
        {
            throw;
        }
        catch (OperationCanceledException canceled) when (limit.IsCancellationRequested && !token.IsCancellationRequested)
        {
            var late = new TimeoutException($"{chain.HandlerType.FullName} took longer than allowed.", canceled);
            Failed(activity, envelope, late);
            throw late;
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            Failed(activity, envelope, failure);
            throw;
        }
    }

    private void Failed(Activity? activity, Envelope envelope, Exception failure)
    {
        activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
        runtime.Telemetry.Failed(envelope, failure);
        runtime.Tracker.Record(MessageEventType.ExecutionFinished, envelope, failure);
    }

    private FailureStep Decide(Exception failure, Envelope envelope) =>
        FailureRule.Decide(runtime.Options.Failures, failure, envelope.Attempts);

    private async Task ScheduleAsync(Envelope envelope, DateTimeOffset due)
    {
        if (await DurablyAsync(token => runtime.Store.ScheduleAsync(envelope, due, token)))
        {
            runtime.Tracker.Record(MessageEventType.Scheduled, envelope);
            runtime.Agent.WakeAt(due);
        }
    }

    private async Task DiscardAsync(Envelope envelope)
    {
        await DurablyAsync(async token =>
        {
            await runtime.Store.DiscardAsync(envelope, token);
            return true;
        });
        runtime.Tracker.Record(MessageEventType.Discarded, envelope);
    }

    private async Task GiveUpAsync(Envelope envelope, Exception failure)
    {
        if (await DurablyAsync(token => runtime.Store.MoveToDeadLettersAsync(envelope, failure, token)))
        {
            logger.LogError(failure, "{Envelope} was moved to the dead letters", envelope);
            runtime.Telemetry.GivenUp(envelope, failure);
            runtime.Agent.CountRemoved(1);
            runtime.Tracker.Record(MessageEventType.MessageFailed, envelope, failure);
            runtime.Tracker.Record(MessageEventType.MovedToErrorQueue, envelope, failure);
        }
    }

    private static bool IsSuspect(Envelope envelope) => envelope.Interruptions >= PostgresqlMessageStore.Suspect;

    // It was suspected of ending processes, and has come to an end in one that lives
    private async Task AcquitAsync(Envelope envelope)
    {
        if (IsSuspect(envelope))
        {
            EndInterrogation(envelope);
            await DurablyAsync(token => runtime.Store.AcquitAsync([envelope.Id], token));
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

    private async Task<T> DurablyAsync<T>(Func<CancellationToken, Task<T>> change)
    {
        while (true)
        {
            try
            {
                return await change(runtime.Cancellation);
            }
            catch (Exception fault) when (Faults.IsConnectionFault(fault))
            {
                await runtime.Agent.ConfirmDatabaseAsync(runtime.Stopping);
                await Task.Delay(Breath, time, runtime.Stopping);
            }
        }
    }
}
