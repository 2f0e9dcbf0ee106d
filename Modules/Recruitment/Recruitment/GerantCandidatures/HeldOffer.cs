using System.Collections.Immutable;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>How long an offer was reserved for somebody, and then filled by them.</summary>
/// <param name="Until">The end of the last day in post, or the instant at which they left the path; the end of time while neither is known.</param>
internal sealed record HeldOffer(Guid OfferId, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Of what was done to the offer, what may speak of the person: while they held it, and what came first afterwards, which tells why they do no more.</summary>
    public IEnumerable<OfferEvent> Concerned(IReadOnlyList<OfferEvent> history) =>
        history.Where(done => From <= done.At && done.At < Until).Concat(history.Where(done => done.At >= Until).Take(1));

    /// <summary>Each offer that a path came to be retained for: the one it answered or was last proposed for then, which need not be the present one.</summary>
    /// <param name="offer">The present one, for paths of before such acts were noted.</param>
    public static IEnumerable<HeldOffer> Of(ImmutableList<StageChange> stages, ImmutableList<CandidatureAct> acts, Guid? offer, Installation? post)
    {
        DateTimeOffset? since = null;
        foreach (var change in stages)
        {
            var holds = change.To is GerantStage.Retained or GerantStage.Trained or GerantStage.InPost;
            if (since is { } from && !holds && OfferAt(from) is { } held)
            {
                yield return new(held, from, change.At);
            }

            since = holds ? since ?? change.At : null;
        }

        if (since is { } start && OfferAt(start) is { } last)
        {
            yield return new(last, start, post?.EndedOn is { } day ? LocalDays.End(day) : DateTimeOffset.MaxValue);
        }

        Guid? OfferAt(DateTimeOffset instant) => acts.FindLast(act => act.At <= instant && act.Deed is CandidatureDeed.Received or CandidatureDeed.OfferProposed)?.Other ?? offer;
    }
}
