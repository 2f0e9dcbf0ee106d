using Marten;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>What was said of an offer while somebody held it.</summary>
[ShownAs(nameof(GeranceOffer))]
internal sealed record OfferNoteView(
    [property: Described("L'offre", "The offer")] Guid Id,
    [property: Described("L'acte", "The act", Example = "\"unpublished\"")] string Act,
    [property: Described("Son instant", "When")] DateTimeOffset At,
    [property: Described("Le motif", "The reason", Example = "\"Les travaux ont pris du retard.\"")][property: PersonalData] string Reason);

/// <summary>The text that was agreed to with a candidature that became part of another.</summary>
internal sealed record MergedConsentView(
    [property: Described("La candidature réunie", "The candidature that was merged")] Guid CandidatureId,
    [property: Described("Le texte accepté", "The text that was agreed to", Example = "\"J'accepte que l'association « 1000 cafés » conserve ma candidature…\"")] string ConsentText);

/// <summary>All that the network knows of a person.</summary>
internal sealed record OwnDataView(
    [property: Described("Jour de la copie", "Day of the copy")] DateOnly MadeOn,
    [property: Described("Une copie de chacune de leurs candidatures", "A copy of each of their candidatures")] IReadOnlyList<CandidateCopyView> Candidatures);

/// <summary>All that the network knows of a candidate by one candidature.</summary>
internal sealed record CandidateCopyView(
    [property: Described("Jour de la copie", "Day of the copy")] DateOnly MadeOn,
    [property: Described("La candidature", "The candidature")] GerantCandidatureView Candidature,
    [property: Described("Le texte accepté", "The text that was agreed to", Example = "\"J'accepte que l'association « 1000 cafés » conserve ma candidature…\"")] string? ConsentText,
    [property: Described("Les textes acceptés avec les candidatures réunies à celle-ci", "The texts that were agreed to with the candidatures merged into this one")] IReadOnlyList<MergedConsentView> MergedConsentTexts,
    [property: Described("Quand la personne a été prévenue de l'effacement à venir", "When the person was told of the erasure to come", Example = "null")] DateTimeOffset? ErasureNoticedAt,
    [property: Described("Quand un serveur de messagerie a refusé de la prévenir", "When a mail server refused to tell them", Example = "null")] DateTimeOffset? ErasureNoticeRefusedAt,
    [property: Described("Ce qui a été observé : tout pour la personne ; pour l'équipe, une fois tous les regards donnés ou la décision prise, sauf pour qui n'a pas donné le sien", "What was observed: all of it for the person; for the team, once all have given their view or the decision is made, but for whoever has not given theirs")] IReadOnlyList<ScorecardView> Scorecards,
    [property: Described("Les entretiens", "The interviews")] IReadOnlyList<InterviewView> Interviews,
    [property: Described("Les immersions", "The immersions")] IReadOnlyList<ImmersionView> Immersions,
    [property: Described("Les présentations aux mairies", "The presentations to mairies")] IReadOnlyList<PresentationView> Presentations,
    [property: Described("Ce qui a été dit d'une offre tant qu'elle lui était réservée, ou pourvue par elle, et au premier acte d'après", "What was said of an offer while it was reserved for them, or filled by them, and at the first act afterwards")] IReadOnlyList<OfferNoteView> OfferNotes)
{
    /// <summary>Gathers it; no other module keeps anything of a candidate but ids.</summary>
    /// <param name="others">Candidatures that may be of the same person, for the team.</param>
    public static async Task<CandidateCopyView> MakeAsync(
        ModuleSession<IRecruitmentStore> session, GerantCandidature candidature, Holder reader, DateTimeOffset now, CancellationToken token, IReadOnlyList<Guid>? others = null)
    {
        var id = candidature.Id;
        var cards = await session.Query<Scorecard>().OfCandidature(id).OrderBy(card => card.Id).ToListAsync(token);
        var interviews = await session.Query<Interview>().OfCandidature(id).OrderBy(interview => interview.Id).ToListAsync(token);
        var immersions = await session.Query<Immersion>().OfCandidature(id).OrderBy(immersion => immersion.Id).ToListAsync(token);
        var presentations = await session.Query<Presentation>().OfCandidature(id).OrderBy(presentation => presentation.Id).ToListAsync(token);
        List<OfferNoteView> notes = [];
        foreach (var held in candidature.OffersHeld())
        {
            var history = (await session.LoadAsync<GeranceOffer>(held.OfferId, token))?.History ?? [];
            notes.AddRange(held.Concerned(history).Where(done => done.Reason is not null).Select(done => new OfferNoteView(held.OfferId, done.Act, done.At, done.Reason!)));
        }

        // The person reads what the team reads of them
        return new(
            LocalDays.Of(now), GerantCandidatureView.Of(candidature, reader with { Kind = HolderKind.Staff }, others), candidature.Consent.Text,
            [.. candidature.Absorbed.Where(other => other.Consent.Text is not null).Select(other => new MergedConsentView(other.Id, other.Consent.Text!))],
            candidature.ErasureNoticedAt, candidature.ErasureNoticeRefused?.At,
            [.. cards.Select(card => ScorecardView.Whole(card, reader, decided: !candidature.IsUnderSelection()))],
            [.. interviews.Select(InterviewView.Of)], [.. immersions.Select(immersion => ImmersionView.Of(immersion, reader))], [.. presentations.Select(presentation => PresentationView.Of(presentation, reader))], [.. notes.Distinct()]);
    }
}
