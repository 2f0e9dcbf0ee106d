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

    /// <summary>Erases from some entries; comes back for the others.</summary>
    public static async Task<PersonalDataErased?> Handle(PersonalDataErased message, IDocumentSession session, CancellationToken cancellationToken)
    {
        var subject = message.Subject;
        var entries = await session.Query<AuditEntry>()
            .Where(entry => entry.Subjects.Contains(subject) && entry.ErasedAt == null && entry.At <= message.ErasedAt)
            .OrderBy(entry => entry.Id).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var entry in entries)
        {
            session.UpdateNext(entry.Erase(message.ErasedAt));
        }

        return entries.Count < AtOnce ? null : message;
    }
}
