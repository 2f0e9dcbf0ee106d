namespace Wolverine.Tracking;

/// <summary>The records of one kind, in order.</summary>
public class RecordCollection
{
    private readonly MessageEventType eventType;
    private readonly TrackedSession session;

    internal RecordCollection(MessageEventType eventType, TrackedSession session)
    {
        this.eventType = eventType;
        this.session = session;
    }

    public IEnumerable<EnvelopeRecord> RecordsInOrder() => session.AllRecordsInOrder(eventType);

    public IEnumerable<Envelope> Envelopes() => RecordsInOrder().Select(record => record.Envelope);

    public IEnumerable<object> AllMessages() => RecordsInOrder().Select(record => record.Message).OfType<object>();

    public IEnumerable<T> MessagesOf<T>() => AllMessages().OfType<T>();

    public T SingleMessage<T>() => (T)SingleRecord<T>().Message!;

    public Envelope SingleEnvelope<T>() => SingleRecord<T>().Envelope;

    private EnvelopeRecord SingleRecord<T>()
    {
        var found = RecordsInOrder().Where(record => record.Message is T).ToList();
        return found.Count == 1
            ? found[0]
            : throw new InvalidOperationException(session.Describe($"Expected one {eventType} message of type {typeof(T).FullName}, found {found.Count}."));
    }
}
