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
    public static async Task<IEnumerable<object>> Handle(GerantCandidatureConfirmed message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(message.CandidatureId, cancellationToken) is not { DeletedAt: null, EmailKey: { } email } second)
        {
            return [];
        }

        var id = second.Id;
        var others = await session.OfAddressAsync(email, cancellationToken);
        if (others.FirstOrDefault(one => one.Id != id && one.IsOpenFor(second.OfferId)) is not { } first || second.Stages is not [_])
        {
            // Whose candidature the team has moved already keeps both, which are shown to the team as of one person
            return [new MailCandidateConfirmed(id, message.ConfirmedAt)];
        }

        var now = time.GetUtcNow();
        var whole = first.Absorb(second, CandidatureDeed.AppliedAgain, null, null, now);
        session.Change(first, whole);
        session.Change(second, second.EndIn(first, now));
        var news = await session.FollowAsync(new(whole, null, now) { Absorbed = id }, cancellationToken);
        return [.. news, new MailCandidateConfirmed(first.Id, message.ConfirmedAt)];
    }
}
