using Marten;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>Recruitment knows of every client how it stands, so that nobody is asked who cannot answer.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class NoteClientOnClientChangedHandler
{
    /// <summary>What was told before, or again, changes nothing; two that write at once clash, and the one that was slower is played anew.</summary>
    public static async Task Handle(ClientChanged message, IDocumentSession session, CancellationToken cancellationToken)
    {
        var known = await session.LoadAsync<KnownClient>(message.ClientId, cancellationToken) ?? new KnownClient { Id = message.ClientId };
        if (known.After(message) is { } next)
        {
            session.UpdateNext(next);
        }
    }
}
