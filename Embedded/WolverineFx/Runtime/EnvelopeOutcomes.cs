using Microsoft.Extensions.Logging;
using Wolverine.Tracking;

namespace Wolverine.Runtime;

/// <summary>What becomes of an envelope that was not completed; written as soon as the database is there.</summary>
internal sealed class EnvelopeOutcomes(WolverineRuntime runtime, TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    public async Task ScheduleAsync(Envelope envelope, DateTimeOffset due)
    {
        if (await DurablyAsync(token => runtime.Store.ScheduleAsync(envelope, due, token)))
        {
            runtime.Tracker.Record(MessageEventType.Scheduled, envelope);
        }

        // Not ours any more, or written by a try whose answer never arrived
        runtime.Agent.WakeAt(due);
    }

    public async Task DiscardAsync(Envelope envelope)
    {
        await DurablyAsync(async token =>
        {
            await runtime.Store.DiscardAsync(envelope, token);
            return true;
        });
        runtime.Tracker.Record(MessageEventType.Discarded, envelope);
    }

    public async Task GiveUpAsync(Envelope envelope, Exception failure)
    {
        if (await DurablyAsync(token => runtime.Store.MoveToDeadLettersAsync(envelope, failure, token)))
        {
            logger.LogError(failure, "{Envelope} was moved to the dead letters", envelope);
            runtime.Telemetry.GivenUp(envelope, failure);
            runtime.Upkeep.CountRemoved(1);
            runtime.Tracker.Record(MessageEventType.MessageFailed, envelope, failure);
            runtime.Tracker.Record(MessageEventType.MovedToErrorQueue, envelope, failure);
        }
    }

    public async Task<T> DurablyAsync<T>(Func<CancellationToken, Task<T>> change)
    {
        while (true)
        {
            try
            {
                return await change(runtime.Cancellation);
            }
            catch (Exception fault) when (Faults.IsConnectionFault(fault) || Faults.IsTimeout(fault))
            {
                await runtime.Agent.ConfirmDatabaseAsync(runtime.Stopping);
                await Task.Delay(Breath, time, runtime.Stopping);
            }
        }
    }
}
