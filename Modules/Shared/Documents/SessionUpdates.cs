using Marten;

namespace MilleCafes.Shared;

/// <summary>Changes to documents in a message handler's own session, each with its entry in the audit.</summary>
public static class SessionUpdates
{
    /// <summary>Stores a new document; the commit fails when its id is taken.</summary>
    public static void Create<T>(this IDocumentSession session, T document)
        where T : Document
    {
        session.Insert(document);
        AuditTrail.AppendActing(session, null, document);
    }

    /// <summary>Stores the next state, if it is another; the commit fails when somebody else has stored one since this one was loaded.</summary>
    public static void Change<T>(this IDocumentSession session, T document, T next)
        where T : Document
    {
        if (Differences.AreNone(document, next))
        {
            return;
        }

        session.UpdateNext(next);
        AuditTrail.AppendActing(session, document, next);
    }

    /// <summary>The same for bookkeeping, which is marked <see cref="UnauditedAttribute"/> and leaves no entry.</summary>
    public static void UpdateNext<T>(this IDocumentSession session, T next)
        where T : Document
    {
        next.Revision++;
        session.UpdateRevision(next, next.Revision);
    }

    /// <summary>Takes out what ended long ago; its end has its entry.</summary>
    public static void Purge<T>(this IDocumentSession session, T document)
        where T : Document => session.Delete(document);
}
