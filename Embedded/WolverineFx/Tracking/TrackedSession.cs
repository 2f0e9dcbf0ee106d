using System.Diagnostics;
using Wolverine.Runtime;

namespace Wolverine.Tracking;

/// <summary>What happened on the watched hosts during an action and everything it set off.</summary>
public interface ITrackedSession
{
    RecordCollection Discarded { get; }

    RecordCollection MessageSucceeded { get; }

    RecordCollection MovedToErrorQueue { get; }

    RecordCollection NoRoutes { get; }

    RecordCollection Scheduled { get; }

    RecordCollection Sent { get; }

    TrackingStatus Status { get; }

    IReadOnlyList<Exception> AllExceptions();

    EnvelopeRecord[] AllRecordsInOrder();

    EnvelopeRecord[] AllRecordsInOrder(MessageEventType eventType);

    T FindSingleTrackedMessageOfType<T>();

    T FindSingleTrackedMessageOfType<T>(MessageEventType eventType);

    /// <summary>Handles at once what was scheduled during this session, and waits for all that follows.</summary>
    Task<ITrackedSession> PlayScheduledMessagesAsync(TimeSpan timeout);
}

/// <summary>Finished when all that was sent has been handled, given up, discarded or put off: counted, never polled.</summary>
internal sealed class TrackedSession(IReadOnlyList<WolverineRuntime> runtimes) : ITrackedSession
{
    private readonly List<EnvelopeRecord> records = [];
    private readonly Dictionary<Guid, Envelope> outstanding = [];
    private readonly HashSet<Guid> finishedEarly = [];
    private readonly List<ITrackedCondition> conditions = [];
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private bool acted;

    public TrackingStatus Status { get; private set; }

    public RecordCollection Discarded => new(MessageEventType.Discarded, this);

    public RecordCollection MessageSucceeded => new(MessageEventType.MessageSucceeded, this);

    public RecordCollection MovedToErrorQueue => new(MessageEventType.MovedToErrorQueue, this);

    public RecordCollection NoRoutes => new(MessageEventType.NoRoutes, this);

    public RecordCollection Scheduled => new(MessageEventType.Scheduled, this);

    public RecordCollection Sent => new(MessageEventType.Sent, this);

    public void Expect(ITrackedCondition condition) => conditions.Add(condition);

    public async Task RunAsync(Func<Task> action, TimeSpan timeout, bool assertNoExceptions)
    {
        foreach (var runtime in runtimes)
        {
            runtime.Tracker.Watch(this);
        }

        try
        {
            var limit = Stopwatch.StartNew();
            await action().WaitAsync(timeout);
            lock (gate)
            {
                acted = true;
                FinishIfDone();
            }

            var left = timeout - limit.Elapsed;
            await finished.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            Status = TrackingStatus.Completed;
        }
        catch (TimeoutException late) when (!finished.Task.IsCompleted)
        {
            Status = TrackingStatus.TimedOut;
            throw new TimeoutException(Describe($"Not everything was handled within {timeout}."), late);
        }
        finally
        {
            foreach (var runtime in runtimes)
            {
                runtime.Tracker.Unwatch(this);
            }
        }

        if (assertNoExceptions && AllExceptions() is { Count: > 0 } failures)
        {
            throw new AggregateException(Describe("Handlers failed."), failures);
        }
    }

    public void Record(MessageEventType type, Envelope envelope, Exception? exception)
    {
        lock (gate)
        {
            var record = new EnvelopeRecord(type, envelope, clock.ElapsedMilliseconds, exception);
            records.Add(record);
            conditions.ForEach(condition => condition.Record(record));
            switch (type)
            {
                // One that waited in the table may be handled before its publisher has come to say that it was sent
                case MessageEventType.Sent when !finishedEarly.Remove(envelope.Id):
                    outstanding[envelope.Id] = envelope;
                    break;
                case MessageEventType.MessageSucceeded or MessageEventType.MovedToErrorQueue or MessageEventType.Scheduled or MessageEventType.Discarded
                    when !outstanding.Remove(envelope.Id):
                    finishedEarly.Add(envelope.Id);
                    break;
            }

            FinishIfDone();
        }
    }

    public IReadOnlyList<Exception> AllExceptions() => [.. AllRecordsInOrder().Select(record => record.Exception).OfType<Exception>().Distinct()];

    public EnvelopeRecord[] AllRecordsInOrder()
    {
        lock (gate)
        {
            return [.. records];
        }
    }

    public EnvelopeRecord[] AllRecordsInOrder(MessageEventType eventType) => [.. AllRecordsInOrder().Where(record => record.MessageEventType == eventType)];

    public T FindSingleTrackedMessageOfType<T>() => Single<T>(AllRecordsInOrder());

    public T FindSingleTrackedMessageOfType<T>(MessageEventType eventType) => Single<T>(AllRecordsInOrder(eventType));

    public async Task<ITrackedSession> PlayScheduledMessagesAsync(TimeSpan timeout)
    {
        var ids = Scheduled.Envelopes().Select(envelope => envelope.Id).Distinct().ToArray();
        var play = new TrackedSession(runtimes);
        await play.RunAsync(
            async () =>
            {
                foreach (var envelope in await runtimes[0].ClaimScheduledAsync(ids))
                {
                    play.Record(MessageEventType.Sent, envelope, null);
                    runtimes[0].Queues.Find(envelope.Destination)!.ReserveAnyway();
                    runtimes[0].Queues.Accept(envelope);
                }
            },
            timeout, assertNoExceptions: true);
        return play;
    }

    public string Describe(string what) =>
        string.Join(Environment.NewLine, [what, .. Outstanding(), "What happened:", .. AllRecordsInOrder().Select(record => record.ToString())]);

    private IEnumerable<string> Outstanding()
    {
        lock (gate)
        {
            return
            [
                .. outstanding.Values.Select(envelope => $"Outstanding: {envelope}"),
                .. conditions.Where(condition => !condition.IsCompleted()).Select(condition => $"Not met: {condition}")
            ];
        }
    }

    private void FinishIfDone()
    {
        if (acted && outstanding.Count == 0 && conditions.TrueForAll(condition => condition.IsCompleted()))
        {
            finished.TrySetResult();
        }
    }

    private T Single<T>(IEnumerable<EnvelopeRecord> among) =>
        among.Select(record => record.Message).OfType<T>().Cast<object>().Distinct(ReferenceEqualityComparer.Instance).ToList() is [var only]
            ? (T)only!
            : throw new InvalidOperationException(Describe($"Expected one tracked message of type {typeof(T).FullName}."));
}
