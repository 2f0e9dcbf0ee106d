using Marten;
using MilleCafes.Host.Access.Audit;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Host.Access.Reactions;

/// <summary>The audit goes on to say that something was done, by whom and when, and no longer what it was about a person.</summary>
[MartenStore(typeof(IAccessStore))]
public static class EraseFromAuditOnPersonalDataErasedHandler
{
    private const int AtOnce = 200;

    // An act's entry is dated when it commits, a little after the act said what it erases
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(1);

    /// <summary>Erases from some entries; comes back for the others.</summary>
    public static async Task<PersonalDataErased?> Handle(PersonalDataErased message, IDocumentSession session, CancellationToken cancellationToken)
    {
        var (subject, until) = (message.Subject, message.ErasedAt + LongestCommit);
        var entries = await session.Query<AuditEntry>()
            .Where(entry => entry.Subjects.Contains(subject) && entry.ErasedAt == null && entry.At <= until)
            .OrderBy(entry => entry.Id).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var entry in entries)
        {
            session.UpdateNext(entry.Erase(message.ErasedAt));
        }

        return entries.Count < AtOnce ? null : message;
    }
}
