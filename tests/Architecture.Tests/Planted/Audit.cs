using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests.Planted;

internal sealed record PlantedDocument : Document;

internal sealed record AuditEntry : Document;

[Unaudited("Planted.")]
internal sealed record PlantedBookkeeping : Document
{
    [Unaudited("Planted.")]
    public int Tries { get; init; }
}

internal static class WritesUnseen
{
    public static async Task WriteAsync(IDocumentSession session, PlantedDocument document, PlantedBookkeeping other)
    {
        await Task.Yield();
        session.Insert(document);
        session.UpdateNext(document);
        session.Change(document, document);
        session.Insert(other);
        session.UpdateNext(other);
    }

    public static void TakeOut<T>(IDocumentSession session, T document)
        where T : Document => session.Delete(document);
}

internal static class Rewrites
{
    public static void Entry(IDocumentSession session, AuditEntry entry)
    {
        session.Change(entry, entry);
        session.QueueSqlCommand("delete from access.mt_doc_auditentry");
        session.QueueSqlCommand("insert into access.mt_doc_auditentry (id) values (?)", entry.Id);
    }
}
