using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MilleCafes.Shared;

/// <summary>Writes down what a request does to documents, in the very transaction in which it does it.</summary>
/// <remarks>The entries of all modules stand in one table, that of the module « access »: an act and its entry cannot be parted.</remarks>
public sealed class AuditTrail(CurrentActor actor, TimeProvider time)
{
    private static readonly string InsertSql = "insert into access.mt_doc_auditentry (id, data, mt_dotnet_type) values (?, ?::jsonb, 'AuditEntry')";

    private readonly List<(Document? From, Document To)> changes = [];

    public void Note(Document? from, Document to) => changes.Add((from, to));

    /// <summary>Adds an entry for each change to the session's commit.</summary>
    public void AppendTo(IDocumentOperations session)
    {
        if (actor is { Request: { } http, Holder: { } holder })
        {
            foreach (var (from, to) in changes)
            {
                var entry = Entry(http, holder, from is null ? AuditAct.Created : AuditAct.Changed, to.GetType().Name, [to.Id]);
                session.QueueSqlCommand(InsertSql, entry.Id, JsonSerializer.Serialize(entry with { Changes = Differences.Between(from, to) }, Differences.Json));
            }
        }

        changes.Clear();
    }

    /// <summary>An entry that says who asks for what now.</summary>
    public AuditRecord Entry(HttpContext http, Holder holder, AuditAct act, string subjectType, ImmutableArray<Guid> subjects)
    {
        var now = time.GetUtcNow();
        return new(
            Guid.CreateVersion7(now),
            now,
            holder.ClientId,
            holder.KeyId,
            http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? $"{http.Request.Method} {http.Request.Path}",
            Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier,
            act,
            subjectType,
            subjects,
            []);
    }
}
