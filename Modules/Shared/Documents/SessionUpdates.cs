using Marten;

namespace MilleCafes.Shared;

/// <summary>Changes to documents in a message handler's own session.</summary>
public static class SessionUpdates
{
    /// <summary>Stores the next state; the commit fails when somebody else has stored one since this one was loaded.</summary>
    public static void UpdateNext<T>(this IDocumentSession session, T document)
        where T : Document
    {
        document.Revision++;
        session.UpdateRevision(document, document.Revision);
    }
}
