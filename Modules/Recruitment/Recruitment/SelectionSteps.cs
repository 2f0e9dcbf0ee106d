using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment;

/// <summary>A step of a candidature.</summary>
/// <param name="Next">The candidature after it.</param>
/// <param name="Actor">The client that takes it; null when the candidate or a machine does.</param>
internal sealed record CandidatureStep(GerantCandidature Next, string? Actor, DateTimeOffset Now)
{
    /// <summary>The candidature that becomes part of this one.</summary>
    public Guid? Absorbed { get; init; }

    /// <summary>What the step begins, and the session stores itself: none of its kind from before waits any more.</summary>
    public Type? Begins { get; init; }

    /// <summary>The presentation that allowed the step, which the session stores itself.</summary>
    public Guid? AllowedBy { get; init; }

    /// <summary>Whether nobody will know any more who it was.</summary>
    public bool IsErased { get; init; }

    /// <summary>Whether the candidate goes no further.</summary>
    public bool IsLast => IsErased || Next.DeletedAt is not null || !Next.Stage.IsOnPath();
}

/// <summary>All that belongs to a candidature goes along with each of its steps, in the same transaction: each document of the module that names one by its id is named here.</summary>
internal static class SelectionSteps
{
    /// <summary>
    /// Of what belongs to the candidature, the newest of its present stage waits, and nothing else does; it is filed where the candidature is; what belonged to one that became part of it is its
    /// own; and once the candidate goes no further, what has not begun is called off.
    /// </summary>
    public static async Task<IReadOnlyList<object>> FollowAsync(this IDocumentSession session, CandidatureStep step, CancellationToken token)
    {
        var (next, now, id, absorbed) = (step.Next, step.Now, step.Next.Id, step.Absorbed ?? step.Next.Id);
        GerantStage? stage = next.DeletedAt is null ? next.Stage : null;
        if (step.IsLast)
        {
            await session.GiveBackAsync(id, now, token);
        }

        var interviews = await AllAsync(
            session.Query<Interview>().Where(one => one.CandidatureId == id || one.CandidatureId == absorbed), stage == GerantStage.Interview, _ => true,
            one => (step.IsLast ? one.CallOff(step.Actor, now) : one).Follow(next));
        var immersions = await AllAsync(
            session.Query<Immersion>().Where(one => one.CandidatureId == id || one.CandidatureId == absorbed), stage == GerantStage.Immersion, _ => true,
            one => (step.IsLast ? one.CallOff(step.Actor, LocalDays.Of(now), now) : one).Follow(next));
        var presentations = await AllAsync(
            session.Query<Presentation>().Where(one => one.CandidatureId == id || one.CandidatureId == absorbed), stage == GerantStage.Presented, one => one.PresentCandidatureId is not null,
            one => (step.Begins == typeof(Presentation) && one.PresentCandidatureId is not null ? one.Replace(now) : one).Follow(next).HideSince(one, now));
        await AllAsync(
            session.Query<Scorecard>().Where(one => one.CandidatureId == id || one.CandidatureId == absorbed), stage < GerantStage.Retained, one => one.OwnCandidatureId is not null, one => one.Follow(next));
        var meetings = step.IsErased ? [] : interviews.Select(pair => pair.Before.ToCalledOff(pair.After, now)).OfType<InterviewCalledOff>();
        // That nobody knows any more who it was is told by itself
        var shown = step.IsErased ? [] : presentations.Select(pair => pair.Before.NewsOn(pair.After, now)).OfType<object>();
        return [.. meetings, .. immersions.Select(pair => pair.Before.NewsOn(pair.After, now)).OfType<object>(), .. shown];

        // One of its own comes before what was written of another that became part of it
        async Task<List<(T Before, T After)>> AllAsync<T>(IQueryable<T> documents, bool waits, Func<T, bool> own, Func<T, T> follow)
            where T : WaitingDocument
        {
            var found = await documents.OrderBy(one => one.Id).ToListAsync(token);
            var pairs = found.Where(one => one.Id != step.AllowedBy).Select(one => (Before: one, After: follow(one))).ToList();
            var newest = waits && step.Begins != typeof(T) ? (pairs.LastOrDefault(pair => own(pair.After)).After ?? pairs.LastOrDefault().After)?.Id : null;
            foreach (var (before, after) in pairs)
            {
                session.Change(before, (T)((WaitingDocument)after with { Settled = after.Id != newest }));
            }

            return pairs;
        }
    }

    /// <summary>Interviewers have back the time, and host cafés the days, that they had given to a candidate who goes no further.</summary>
    public static async Task GiveBackAsync(this IDocumentSession session, Guid candidatureId, DateTimeOffset now, CancellationToken token)
    {
        var interviews = await session.Query<Interview>().OfCandidature(candidatureId).ToListAsync(token);
        foreach (var some in interviews.Where(one => one.Status == InterviewStatus.Agreed && one.CallOff(null, now) != one).GroupBy(one => one.InterviewerId))
        {
            if (await session.LoadAsync<InterviewerAgenda>(some.Key, token) is { } agenda)
            {
                session.Change(agenda, some.Aggregate(agenda, (left, one) => left.Free(one.Id, now)));
            }
        }

        var immersions = await session.Query<Immersion>().OfCandidature(candidatureId).ToListAsync(token);
        foreach (var some in immersions.Where(one => one.Status == ImmersionStatus.Booked).GroupBy(one => one.HostCafeId))
        {
            if (await session.LoadAsync<HostCafe>(some.Key, token) is { } cafe)
            {
                session.Change(cafe, some.Aggregate(cafe, (left, one) => left.Free(one.CallOff(null, LocalDays.Of(now), now))));
            }
        }
    }
}
