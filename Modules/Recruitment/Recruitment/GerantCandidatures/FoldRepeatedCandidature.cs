using Marten;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Somebody stands by their candidature.</summary>
public sealed record GerantCandidatureConfirmed(Guid CandidatureId, DateTimeOffset ConfirmedAt);

/// <summary>Whoever applies again for the same café has one candidature still: the second becomes a date on the first.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class FoldRepeatedCandidatureHandler
{
    private const int Most = 50;

    public static async Task<MailCandidateConfirmed?> Handle(GerantCandidatureConfirmed message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(message.CandidatureId, cancellationToken) is not { DeletedAt: null, EmailKey: { } email } second)
        {
            return null;
        }

        var id = second.Id;
        var others = await session.Query<GerantCandidature>().Where(one => one.EmailKey == email && one.Id != id).OrderBy(one => one.Id).Take(Most).ToListAsync(cancellationToken);
        if (others.FirstOrDefault(one => one.IsOpenFor(second.OfferId)) is not { } first || second.Stage != GerantStage.Received)
        {
            return new(id, message.ConfirmedAt);
        }

        var now = time.GetUtcNow();
        session.Change(first, first.Absorb(second, CandidatureDeed.AppliedAgain, null, null, now));
        session.Change(second, second.EndIn(first, now));
        return new(first.Id, message.ConfirmedAt);
    }
}
