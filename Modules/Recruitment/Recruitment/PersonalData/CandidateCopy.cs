using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>All that the network knows of a candidate.</summary>
internal sealed record CandidateCopyView(
    [property: Described("Jour de la copie", "Day of the copy")] DateOnly MadeOn,
    [property: Described("La candidature", "The candidature")] GerantCandidatureView Candidature,
    [property: Described("Le texte accepté", "The text that was agreed to", Example = "\"J'accepte que l'association « 1000 cafés » conserve ma candidature…\"")] string? ConsentText,
    [property: Described("Ce qui a été observé, une fois tous les regards donnés", "What was observed, once all have given their view")] IReadOnlyList<ScorecardView> Scorecards,
    [property: Described("Les entretiens", "The interviews")] IReadOnlyList<InterviewView> Interviews,
    [property: Described("Les immersions", "The immersions")] IReadOnlyList<ImmersionView> Immersions,
    [property: Described("Les présentations aux mairies", "The presentations to mairies")] IReadOnlyList<PresentationView> Presentations)
{
    /// <summary>Gathers it; no other module keeps anything of a candidate but ids.</summary>
    public static async Task<CandidateCopyView> MakeAsync(ModuleSession<IRecruitmentStore> session, GerantCandidature candidature, Holder reader, DateTimeOffset now, CancellationToken token)
    {
        var id = candidature.Id;
        var cards = await session.Query<Scorecard>().OfCandidature(id).Where(card => card.RevealedAt != null).OrderBy(card => card.Id).ToListAsync(token);
        var interviews = await session.Query<Interview>().OfCandidature(id).OrderBy(interview => interview.Id).ToListAsync(token);
        var immersions = await session.Query<Immersion>().OfCandidature(id).OrderBy(immersion => immersion.Id).ToListAsync(token);
        var presentations = await session.Query<Presentation>().OfCandidature(id).OrderBy(presentation => presentation.Id).ToListAsync(token);
        // The person reads what the team reads of them
        return new(
            LocalDays.Of(now), GerantCandidatureView.Of(candidature, reader with { Kind = HolderKind.Staff }), candidature.Consent.Text,
            [.. cards.Select(card => ScorecardView.For(card, reader.ClientId))], [.. interviews.Select(InterviewView.Of)], [.. immersions.Select(ImmersionView.Of)],
            [.. presentations.Select(presentation => PresentationView.Of(presentation, reader))]);
    }
}
