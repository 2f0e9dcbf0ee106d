using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Lets whoever has the token of a link do the one act that it opens.</summary>
internal static class OpenedLinks
{
    /// <summary>Uses the link up, with whatever is committed next.</summary>
    /// <returns>The candidature that it opens: the one that was named, or the one that it became part of since.</returns>
    public static async Task<Result<Guid>> OpenAsync(
        this ModuleSession<IRecruitmentStore> session, CurrentActor actor, MergedCandidatures merged, Guid candidature, LinkPurpose purpose, string token, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // Nothing of it is shown or written unless the token is right
        actor.Identify(Holder.Public with { Opened = candidature });
        var hash = CandidateLink.HashOf(token);
        var id = await session.Query<CandidateLink>().Where(link => link.CandidatureId == candidature && link.Hash == hash).Select(link => link.Id).FirstOrDefaultAsync(cancellationToken);
        if (await session.LoadAsync<CandidateLink>(id, cancellationToken) is not { } found || found.Purpose != purpose)
        {
            return GerantCandidatureErrors.LinkUnknown;
        }

        var used = found.Use(now);
        if (used.IsRefused(out var refused))
        {
            return refused;
        }

        session.Update(used.Value);
        var survivor = await merged.SurvivorOfAsync(candidature, cancellationToken) is { } one ? one.Id : candidature;
        actor.Identify(Holder.Public with { Opened = survivor });
        return survivor;
    }

    /// <summary>Whether the token is of a link to this interview; what is still to be chosen there is the interview's to say.</summary>
    public static async Task<bool> OpensInterviewAsync(this ModuleSession<IRecruitmentStore> session, CurrentActor actor, Guid interview, string token, CancellationToken cancellationToken)
    {
        actor.Identify(Holder.Public with { Opened = interview });
        var hash = CandidateLink.HashOf(token);
        return await session.Query<CandidateLink>().Where(link => link.Hash == hash && link.InterviewId == interview).AnyAsync(cancellationToken);
    }
}
