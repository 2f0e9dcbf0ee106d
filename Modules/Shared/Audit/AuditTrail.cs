using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Marten;

namespace MilleCafes.Shared;

/// <summary>Writes down what is done to documents, in the very transaction in which it is done.</summary>
/// <remarks>The entries of all modules stand in one table, that of the module « access »: an act and its entry cannot be parted.</remarks>
public sealed class AuditTrail(CurrentActor actor, TimeProvider time)
{
    private const string InsertSql = "insert into access.mt_doc_auditentry (id, data, mt_dotnet_type) values (?, ?::jsonb, 'AuditEntry')";

    private static readonly ConcurrentDictionary<Type, bool> Unaudited = new();

    private readonly List<(Document? From, Document To)> changes = [];

    public void Note(Document? from, Document to) => changes.Add((from, to));

    /// <summary>Adds an entry for each change to the session's commit.</summary>
    public void AppendTo(IDocumentOperations session)
    {
        foreach (var (from, to) in changes)
        {
            if (actor.Request is null)
            {
                AppendActing(session, from, to);
            }
            else
            {
                Append(session, actor.Origin!, time, from, to, Differences.Between(from, to));
            }
        }

        changes.Clear();
    }

    /// <summary>An entry that says who asks for what now.</summary>
    public static AuditRecord Entry(Origin origin, TimeProvider time, AuditAct act, string subjectType, ImmutableArray<Guid> subjects)
    {
        var now = time.GetUtcNow();
        return new(Guid.CreateVersion7(now), now, origin.ClientId, origin.KeyId, origin.Operation, origin.TraceId, act, subjectType, subjects, []);
    }

    /// <summary>The same where no request asks: for whoever the message in hand goes back to.</summary>
    internal static void AppendActing(IDocumentOperations session, Document? from, Document to)
    {
        if (Unaudited.GetOrAdd(to.GetType(), static type => type.IsDefined(typeof(UnauditedAttribute))) || Differences.Between(from, to) is not { Length: > 0 } differences)
        {
            return;
        }

        var acting = Acting.Current ?? throw new InvalidOperationException($"Nobody stores a {to.GetType().Name}: say what does with {nameof(Acting)}.{nameof(Acting.ByClock)}.");
        Append(session, acting.Origin, acting.Time, from, to, differences);
    }

    private static void Append(IDocumentOperations session, Origin origin, TimeProvider time, Document? from, Document to, ImmutableArray<AuditChange> differences)
    {
        var entry = Entry(origin, time, from is null ? AuditAct.Created : AuditAct.Changed, to.GetType().Name, [to.Id]);
        session.QueueSqlCommand(InsertSql, entry.Id, JsonSerializer.Serialize(entry with { Changes = differences }, Differences.Json));
    }
}
