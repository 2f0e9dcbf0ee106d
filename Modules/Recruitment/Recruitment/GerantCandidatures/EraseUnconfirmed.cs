using Marten;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What nobody confirmed before this instant is to be forgotten.</summary>
public sealed record EraseUnconfirmed(DateTimeOffset Before) : IActOfNobody;

/// <summary>Ends candidatures whose authors never followed the link, and takes out those that ended so before, as if they had never come; and links whose time is over.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class EraseUnconfirmedHandler
{
    private const int AtOnce = 200;

    // A document that is gone clashes with nobody: whoever has read one as it was has to meet its end, and be refused
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Erases some; comes back for the others.</summary>
    public static async Task<IEnumerable<object>> Handle(EraseUnconfirmed message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        var (before, endedBefore, now) = (message.Before, message.Before - Grace, time.GetUtcNow());
        var over = await session.Query<GerantCandidature>().Where(one => one.ConfirmBefore < before && (one.DeletedAt == null || one.DeletedAt < endedBefore))
            .OrderBy(one => one.ConfirmBefore).Take(AtOnce).ToListAsync(cancellationToken);
        var (ending, gone) = (over.Where(one => one.DeletedAt is null).ToList(), over.Where(one => one.DeletedAt is not null));
        foreach (var candidature in ending)
        {
            session.Change(candidature, candidature.Lapse(now));
        }

        // What became part of it was of nobody either
        var (ended, takenOut) = (SubjectsOf(ending), SubjectsOf(gone));
        foreach (var candidature in await session.Query<GerantCandidature>().Where(one => one.Id.IsOneOf(takenOut)).ToListAsync(cancellationToken))
        {
            session.Purge(candidature);
        }

        foreach (var id in ended)
        {
            session.DeleteWhere<CandidateLink>(link => link.CandidatureId == id);
        }

        session.DeleteWhere<CandidateLink>(link => link.ExpiresAt < before);
        return [.. ended.Select(id => new PersonalDataErased(id, now)), .. over.Count < AtOnce ? [] : (object[])[message]];
    }

    private static Guid[] SubjectsOf(IEnumerable<GerantCandidature> candidatures) => [.. candidatures.SelectMany(candidature => candidature.Subjects()).Distinct()];
}
