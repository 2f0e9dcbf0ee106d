using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Wolverine.ErrorHandling;
using Wolverine.Tracking;
using Wolverine.Runtime.Handlers;

namespace Wolverine.Runtime;

/// <summary>Runs a handler once, with a session and a bus of its own, and commits all that came of it in one batch.</summary>
internal sealed class HandlerExecutor(WolverineRuntime runtime, IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

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
                using var activity = Telemetry.StartExecuting(envelope);
                try
                {
                    (answer, _) = await AttemptAsync(envelope, chain, activity, HandledFrom.Nowhere, response, timeout, token);
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

    /// <summary>Gives what the handler returned, and whether the end of its envelope is left to <see cref="Completions"/>.</summary>
    public async Task<(object? Returned, bool LeftToComplete)> AttemptAsync(
        Envelope envelope, HandlerChain chain, Activity? activity, HandledFrom from, Type? response, TimeSpan? timeout, CancellationToken token)
    {
        var stored = from != HandledFrom.Nowhere;
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

            var left = from == HandledFrom.Crowd && transaction.OnlyCompletes;
            if (!transaction.Completed && !left)
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

            return (returned, left);
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
        activity?.SetStatus(ActivityStatusCode.Error, failure.Message).SetEndTime(time.GetUtcNow().UtcDateTime);
        runtime.Telemetry.Failed(envelope, failure);
        runtime.Tracker.Record(MessageEventType.ExecutionFinished, envelope, failure);
    }

    public FailureStep Decide(Exception failure, Envelope envelope) =>
        FailureRule.Decide(runtime.Options.Failures, failure, envelope.Attempts);
}

/// <summary>Where a message comes from that is handled.</summary>
internal enum HandledFrom
{
    /// <summary>It was never stored.</summary>
    Nowhere,

    /// <summary>The table, and the next waits until it has ended there.</summary>
    Line,

    /// <summary>The table, beside others.</summary>
    Crowd
}
