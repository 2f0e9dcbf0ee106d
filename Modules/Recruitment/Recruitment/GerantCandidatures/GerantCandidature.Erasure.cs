using MilleCafes.Recruitment.Contracts;
using MilleCafes.Recruitment.Presentations;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What becomes of what is known of the person.</summary>
internal sealed partial record GerantCandidature
{
    /// <summary>When the candidate was told that they will be erased.</summary>
    public DateTimeOffset? ErasureNoticedAt { get; init; }

    /// <summary>That the mail to tell them was not taken; they then were not told by it.</summary>
    public NoticeRefusal? ErasureNoticeRefused { get; init; }

    /// <summary>The same, unless something was heard of them since.</summary>
    internal NoticeRefusal? StandingRefusal => ErasureNoticeRefused is { } refused && refused.At >= SilentSince ? refused : null;

    /// <summary>When what it said of the person was erased.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>What is told of its erasure: of each candidature that it became of, to the client that sent it and to each mairie that it was presented to.</summary>
    public IEnumerable<CandidateErased> ToErased(IEnumerable<Presentation> presentations, DateTimeOffset now)
    {
        var communes = presentations.ToLookup(one => one.MergedFrom ?? one.CandidatureId, one => one.InseeCode);
        return Absorbed.Select(other => (other.Id, other.Source)).Prepend((Id, Source)).SelectMany(known => communes[known.Id].Distinct().DefaultIfEmpty()
            .Select((commune, rank) => new CandidateErased(known.Id, rank == 0 ? known.Source.ClientId : null, commune, now)));
    }

    /// <summary>The offers that the person was retained for: what was said of these meanwhile may speak of them.</summary>
    public IEnumerable<HeldOffer> OffersHeld() =>
        Absorbed.SelectMany(other => HeldOffer.Of(other.Stages, other.Acts, other.OfferId, other.Installation)).Concat(HeldOffer.Of(Stages, Acts, OfferId, Installation));

    /// <summary>When the person first applied.</summary>
    public DateTimeOffset FirstCame() => Absorbed.Select(other => other.Stages[0].At).Append(Stages[0].At).Min();

    public GerantCandidature NoticeErasure(DateTimeOffset now) => this with { ErasureNoticedAt = now, ErasureNoticeRefused = null };

    /// <summary>The team told them itself, or tried in vain, and says how.</summary>
    public GerantCandidature NoticeErasure(string how, bool reached, string actor, DateTimeOffset now) => this with
    {
        ErasureNoticedAt = now,
        Acts = Acts.Add(new(reached ? CandidatureDeed.ErasureNoticed : CandidatureDeed.NotReached, now, actor, how)),
    };

    /// <summary>The mail to tell them was not taken.</summary>
    public GerantCandidature RefuseNotice(int? reply, bool forGood, DateTimeOffset now) => this with { ErasureNoticedAt = null, ErasureNoticeRefused = new(now, reply, forGood) };

    /// <summary>The candidate wants to be forgotten.</summary>
    /// <param name="how">How they said so; null when they followed the link in a mail.</param>
    public GerantCandidature AskErasure(string? how, string? actor, DateTimeOffset now) => this with { Acts = Acts.Add(new(CandidatureDeed.ErasureAsked, now, actor, how)) };

    /// <summary>The candidate and the network had to do with one another: the time that they are remembered begins anew.</summary>
    public GerantCandidature NoteContact(string? note, string? actor, DateTimeOffset now) => this with { LastContactAt = now, Acts = Acts.Add(new(CandidatureDeed.Contacted, now, actor, note)) };

    /// <summary>Nobody confirmed it in its time: it ends, and by that time is taken out soon.</summary>
    public GerantCandidature Lapse(DateTimeOffset now) => Erase(now) with { ConfirmBefore = ConfirmBefore };

    /// <summary>What stays: that there was a candidature, where it came from, how far it went, and when.</summary>
    public GerantCandidature Erase(DateTimeOffset now) => this with
    {
        ErasedAt = now,
        DeletedAt = DeletedAt ?? now,
        Applicant = Applicant.Erased,
        Wishes = null,
        AntenneWished = HasWishedAntenne,
        Source = Source.Erase(),
        Consent = Consent.Erase(),
        Stages = [.. Stages.Select(change => change with { Reason = null })],
        Acts = [.. Acts.Select(act => act with { Reason = null })],
        Decline = Decline is null ? null : Decline with { Text = null },
        Absorbed = [.. Absorbed.Select(other => other.Erase())],
        ConfirmBefore = null,
        ErasureNoticeRefused = null,
    };
}
