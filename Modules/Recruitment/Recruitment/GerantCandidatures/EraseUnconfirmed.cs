using Marten;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What nobody confirmed before this instant is to be forgotten.</summary>
public sealed record EraseUnconfirmed(DateTimeOffset Before) : IActOfNobody;

/// <summary>Takes out candidatures whose authors never followed the link, as if they had never come; and links whose time is over.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class EraseUnconfirmedHandler
{
    private const int AtOnce = 200;

    /// <summary>Erases some; comes back for the others.</summary>
    public static async Task<IEnumerable<object>> Handle(EraseUnconfirmed message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        var (before, now) = (message.Before, time.GetUtcNow());
        var forgotten = await session.Query<GerantCandidature>().Where(one => one.ConfirmBefore < before).OrderBy(one => one.ConfirmBefore).Take(AtOnce).ToListAsync(cancellationToken);
        // What became part of it was of nobody either
        Guid[] subjects = [.. forgotten.SelectMany(candidature => candidature.Subjects()).Distinct()];
        foreach (var candidature in await session.Query<GerantCandidature>().Where(one => one.Id.IsOneOf(subjects)).ToListAsync(cancellationToken))
        {
            var id = candidature.Id;
            session.Purge(candidature);
            session.DeleteWhere<CandidateLink>(link => link.CandidatureId == id);
        }

        session.DeleteWhere<CandidateLink>(link => link.ExpiresAt < before);
        return [.. subjects.Select(id => new PersonalDataErased(id, now)), .. forgotten.Count < AtOnce ? [] : (object[])[message]];
    }
}
