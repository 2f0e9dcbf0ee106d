using Marten;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>Everything that says who a candidate is has to go.</summary>
/// <param name="Asked">Whether the candidate wants it; else it goes only if its time is still over.</param>
public sealed record EraseCandidate(Guid CandidatureId, bool Asked);

/// <summary>Erases a person from all that the module has of a candidature, and has every other module do the same.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class EraseCandidateHandler
{
    /// <summary>What was erased before is left alone.</summary>
    public static async Task<IEnumerable<object>> Handle(EraseCandidate message, IDocumentSession session, CandidateTerms terms, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(message.CandidatureId, cancellationToken) is not { ErasedAt: null } candidature)
        {
            return [];
        }

        var now = time.GetUtcNow();
        if (!message.Asked && terms.Of(candidature)?.IsErasureDue(now) is not true)
        {
            return [];
        }

        // One that became part of it may have kept what was written as it ended
        Guid[] known = [.. candidature.Subjects()];
        List<Guid> subjects = [.. known];
        // Who asked by the link of another candidature asked for this one too
        var asked = message.Asked && !candidature.Acts.Exists(act => act.Deed == CandidatureDeed.ErasureAsked) ? candidature.AskErasure(null, null, now) : candidature;
        var erased = asked.Erase(now);
        session.Change(candidature, erased);
        foreach (var part in await session.Query<GerantCandidature>().Where(one => one.Id.IsOneOf(known) && one.MergedInto != null && one.ErasedAt == null).ToListAsync(cancellationToken))
        {
            session.Change(part, part with { ErasedAt = now });
        }

        foreach (var subject in known)
        {
            session.DeleteWhere<CandidateLink>(link => link.CandidatureId == subject);
        }

        List<CandidateErased> told = [.. candidature.ToErased(await session.Query<Presentation>().Where(one => one.CandidatureId.IsOneOf(known)).ToListAsync(cancellationToken), now)];
        var immersions = await session.Query<Immersion>().Where(one => one.CandidatureId.IsOneOf(known)).ToListAsync(cancellationToken);
        List<object> calledOff = [.. immersions.Select(one => one.NewsOn(one.CallOff(null, LocalDays.Of(now), now), now)).OfType<object>()];
        await session.GiveBackAsync(candidature.Id, now, cancellationToken);
        await ForgetAsync(session.Query<Scorecard>().Where(one => one.CandidatureId.IsOneOf(known)), card => card.Forget());
        await ForgetAsync(session.Query<Interview>().Where(one => one.CandidatureId.IsOneOf(known)), interview => interview.CallOff(null, now).Forget());
        await ForgetAsync(session.Query<Immersion>().Where(one => one.CandidatureId.IsOneOf(known)), immersion => immersion.CallOff(null, LocalDays.Of(now), now).Forget());
        await ForgetAsync(session.Query<Presentation>().Where(one => one.CandidatureId.IsOneOf(known)), presentation => presentation.Forget());
        foreach (var offer in candidature.OffersHeld().Select(held => held.OfferId).Distinct())
        {
            if (await session.LoadAsync<GeranceOffer>(offer, cancellationToken) is { } held)
            {
                subjects.Add(offer);
                session.Change(held, held.Forget(candidature.FirstCame()));
            }
        }

        return [.. subjects.Select(subject => new PersonalDataErased(subject, now)), .. told, .. calledOff, .. candidature.NewsOn(erased, now)];

        async Task ForgetAsync<T>(IQueryable<T> documents, Func<T, T> forget)
            where T : Document
        {
            foreach (var document in await documents.ToListAsync(cancellationToken))
            {
                subjects.Add(document.Id);
                // Nothing more is written of somebody who was erased
                session.Change(document, (T)((Document)forget(document) with { DeletedAt = document.DeletedAt ?? now }));
            }
        }
    }
}
