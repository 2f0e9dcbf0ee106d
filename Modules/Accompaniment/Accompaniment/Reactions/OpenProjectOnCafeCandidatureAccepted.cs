using Marten;
using MilleCafes.Accompaniment.CafeProjects;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Accompaniment.Reactions;

/// <summary>An accepted café gets its project, once; it starts with a diagnosis.</summary>
[MartenStore(typeof(IAccompanimentStore))]
public static class OpenProjectOnCafeCandidatureAcceptedHandler
{
    /// <summary>The project's id comes from the message: present means that this message was played before.</summary>
    public static async Task<CafeProjectOpened?> Handle(
        CafeCandidatureAccepted message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.CheckExistsAsync<CafeProject>(CafeProject.IdFor(message), cancellationToken))
        {
            return null;
        }

        var project = CafeProject.Open(message, time.GetUtcNow());
        session.Create(project);
        return project.ToOpened();
    }
}
