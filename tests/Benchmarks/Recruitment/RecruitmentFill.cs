using MilleCafes.Recruitment;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.OfferDiffusions;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Organisations;

namespace MilleCafes.Benchmarks.Recruitment;

/// <summary>So many candidatures of gérants, and in proportion all that belongs to recruitment; each filter finds the same share of both sizes.</summary>
internal sealed class RecruitmentFill
{
    public const string Mail = "candidat7@example.org";
    public static readonly string[] Departements = ["12", "15", "24", "29", "35", "59", "63", "80"];

    /// <summary>Which of the clients can ask for what it sent.</summary>
    public const int Partner = 3;

    private const int Years = 3;
    private const string Actor = "00000000-0000-7000-8000-000000000001";

    // Of twenty, so many at each stage
    private static readonly GerantStage[] Stages =
    [
        GerantStage.Received, GerantStage.Declined, GerantStage.Studied, GerantStage.Withdrawn, GerantStage.Interview, GerantStage.Immersion, GerantStage.Presented, GerantStage.Retained,
        GerantStage.Trained, GerantStage.InPost, GerantStage.Received, GerantStage.Declined, GerantStage.Studied, GerantStage.Declined, GerantStage.Interview, GerantStage.Immersion,
        GerantStage.Presented, GerantStage.Withdrawn, GerantStage.Studied, GerantStage.Declined,
    ];

    private readonly int count;
    private readonly Random random = new(1);
    private readonly DateTimeOffset end = TimeProvider.System.GetUtcNow();
    private readonly Commune[][] communes = [.. Departements.Select(code => CommuneRegistry.Official.Communes.Where(commune => commune.Departement == code).ToArray())];

    /// <param name="partner">The client that sent a tenth of the candidatures.</param>
    /// <param name="host">The client of one of the host cafés.</param>
    public RecruitmentFill(int count, Guid partner, Guid host)
    {
        this.count = count;
        Clients = [.. Enumerable.Range(0, 10).Select(number => number == Partner ? partner : Guid.CreateVersion7())];
        Offers = [.. Enumerable.Range(0, count / 4).Select(Offer)];
        Candidatures = [.. Enumerable.Range(0, count).Select(Candidature)];
        HostCafes = [.. Enumerable.Range(0, count / 10).Select(number => HostCafe.Of(Guid.CreateVersion7(At(number)), new($"Café {number}", CommuneOf(number), 2, ["fr"], number == 0 ? host : null)))];
    }

    public IReadOnlyList<Guid> Clients { get; }

    public IReadOnlyList<GeranceOffer> Offers { get; }

    public IReadOnlyList<GerantCandidature> Candidatures { get; }

    public IReadOnlyList<HostCafe> HostCafes { get; }

    /// <summary>A commune that somebody was presented to.</summary>
    public string Mairie => Candidatures.First(one => one.Stage == GerantStage.Presented && one.PresentedIn is not null).PresentedIn!;

    public async Task StoreAsync(IRecruitmentStore store)
    {
        await InsertAsync(store, Offers);
        await InsertAsync(store, Candidatures);
        await InsertAsync(store, HostCafes);
        await InsertAsync(store, [.. Enumerable.Range(0, count * 3 / 8).Select(Letter)]);
        await InsertAsync(store, [.. Enumerable.Range(0, count / 4).Select(CafeLetter)]);
        await InsertAsync(store, [.. Offers.Select(offer => OfferDiffusion.Note(Guid.CreateVersion7(offer.History[0].At), offer, new(Clients[random.Next(10)], null), "https://example.org/1", null, Actor, offer.History[0].At))]);
        await InsertAsync(store, [.. Reached(GerantStage.Interview).Select(Meeting)]);
        await InsertAsync(store, [.. Reached(GerantStage.Interview).Select(one => Scorecard.Open(Guid.CreateVersion7(one.StageSince), one.Id, one.Departement, [(ObserverRole.Staff, Clients[0]), (ObserverRole.Mairie, Clients[1])], one.StageSince).Value.Follow(one) with { Settled = one.Stage >= GerantStage.Retained })]);
        await InsertAsync(store, [.. Reached(GerantStage.Immersion).Select(Days)]);
        await InsertAsync(store, [.. Reached(GerantStage.Presented).Select(Presented)]);
    }

    // So many at once that none takes as long as a command may
    private static async Task InsertAsync<T>(IRecruitmentStore store, IReadOnlyList<T> documents)
        where T : notnull
    {
        foreach (var some in documents.Chunk(2_000))
        {
            await store.BulkInsertAsync(some);
        }
    }

    private IEnumerable<GerantCandidature> Reached(GerantStage stage) => Candidatures.Where(one => one.Stage.IsOnPath() && one.Stage >= stage);

    private DateTimeOffset At(int number, int of = 0) => end.AddDays(-365.0 * Years * (1 - (number / (double)(of == 0 ? count : of))));

    private Commune CommuneOf(int number)
    {
        var group = communes[number / Stages.Length % Departements.Length];
        return group[number / (Stages.Length * Departements.Length) % group.Length];
    }

    private GeranceOffer Offer(int number)
    {
        var at = At(number, count / 4);
        var draft = GeranceOffer.Draft(
            Guid.CreateVersion7(at), OfferPlace.Of(CommuneOf(number * 4), Guid.CreateVersion7(at)),
            new("Gérance du café", number % 2 == 0 ? CafeModel.Entrepreneurial : CafeModel.Itinerant, new(number % 3 == 0, null), 150_000, new(2027, 4, 1), "Des personnes qui aiment accueillir.", [], new(2028, 3, 1)), Actor, at);
        return number % 3 == 0 ? draft : draft.Publish(DateOnly.FromDateTime(at.UtcDateTime), 60, Actor, at).Value;
    }

    private GerantCandidature Candidature(int number)
    {
        var (at, home, stage) = (At(number), CommuneOf(number), Stages[number % Stages.Length]);
        var applicant = new Applicant(
            ApplicantForm.Person, "Camille Exemple", [], $"candidat{number}@example.org", null, home.InseeCode, home.Name, home.Departement, "Je veux faire vivre mon village.", "Dix ans de bar", null, null);
        var offer = number % 3 == 0 ? null : Offers[number % Offers.Count];
        var one = GerantCandidature.Receive(
            Guid.CreateVersion7(at), applicant, offer, null, new(number % 2 == 0 ? $"Source {number % 40}" : null, number % 2 == 0 ? null : Clients[number % 10]), new("2026-11", "fr", "J'accepte.", at, number % 4 == 0), Antennes.Usual, null, at);
        var left = stage.IsOnPath() ? stage : (GerantStage)random.Next(5);
        while (one.Stage != left)
        {
            one = one.MoveTo(one.Stage + 1, null, Actor, at = at.AddHours(random.Next(24 * 40))).Value;
        }

        one = stage == GerantStage.Declined ? one.DeclineWith((DeclineReason)random.Next(8), null, Actor, at.AddHours(random.Next(24 * 40))).Value
            : stage == GerantStage.Withdrawn ? one.MoveTo(stage, null, null, at.AddHours(random.Next(24 * 40))).Value
            : one;
        // One gérant an offer
        return one.HeldOfferId is null ? one : one with { OfferId = Guid.CreateVersion7(at) };
    }

    private CommuneCandidature Letter(int number)
    {
        var (at, commune) = (At(number, count * 3 / 8), CommuneOf(number * 20));
        var letter = CommuneCandidature.Submit(
            Guid.CreateVersion7(at), new(commune, 2026, Antennes.Usual.Of(commune.Departement), PriorityWeights.Usual),
            new(CafeSituation.None, number % 3, number % 3 != 0, new(number % 2 == 0, "Ancien bar-tabac", 65, number % 5 == 0), number % 4 == 0, new("Camille Exemple", "Maire", "mairie@example.org", null)), Actor, at);
        // One open letter a commune
        return number < 300 || (number < 1_900 && number % 10 == 0)
            ? (number % 3) switch { 0 => letter, 1 => letter.RequestCorrections("La surface.", new(2030, 1, 1), Actor, at).Value, _ => letter.RequestOpinion(new(Guid.CreateVersion7(at), "Antenne", "Le local ?", new(2030, 1, 1), Actor, at)).Value } with { DuplicateOf = number % 2 == 0 ? null : letter.Id }
            : (number % 2) switch { 0 => letter.Decline("Non.", Actor, at).Value, _ => letter.Withdraw(null, Actor, at).Value };
    }

    private CafeCandidature CafeLetter(int number)
    {
        var at = At(number, count / 4);
        var letter = CafeCandidature.Submit(
            Guid.CreateVersion7(at), Siret.TryParse("73282932000074", out var siret) ? siret : default, CommuneOf(number * 4), 2026,
            new("Café de la Place", number % 2 == 0, true, DedicatedSpace.TeaRoom, DrinksLicence.None, [WeakeningCause.Isolation], null, [new(2025, 6_200_000, 5_900_000, 250)], new("Dominique Exemple", "cafe@example.org", null)), Clients[0], at)
            with { Siret = $"{number:D14}" };
        return number % 5 == 0 ? letter : letter.Decline("Non.", Actor, at).Value;
    }

    private Interview Meeting(GerantCandidature one)
    {
        var at = one.Stages[^1].At;
        var proposed = Interview.Propose(Guid.CreateVersion7(at), one.Id, one.Departement, Clients[random.Next(10)], [new(Guid.CreateVersion7(at), at.AddDays(3), 60, "Mairie", null)], Actor, at).Value;
        var interview = one.Stage == GerantStage.Interview && random.Next(2) == 0 ? proposed
            : proposed.Choose(proposed.Slots[0].Id, InterviewParty.Candidate, null, at).Value.Hold("Veut reprendre le bar.", Actor, at.AddDays(4)).Value;
        return interview.Follow(one) with { Settled = one.Stage != GerantStage.Interview };
    }

    private Immersion Days(GerantCandidature one)
    {
        var (at, day) = (one.StageSince, DateOnly.FromDateTime(one.StageSince.UtcDateTime));
        var booked = Immersion.Book(Guid.CreateVersion7(at), one.Id, one.Departement, HostCafes[random.Next(HostCafes.Count)], day, day.AddDays(2), Actor, at);
        return (random.Next(2) == 0 ? booked : booked.Complete(Actor, day.AddDays(3), at.AddDays(3)).Value).Follow(one) with { Settled = one.Stage != GerantStage.Immersion };
    }

    private Presentation Presented(GerantCandidature one)
    {
        var presentation = new Presentation
        {
            Id = Guid.CreateVersion7(one.StageSince), CandidatureId = one.Id, OfferId = one.OfferId ?? Offers[0].Id, InseeCode = one.OfferInseeCode ?? one.Applicant.InseeCode, Departement = one.Departement!,
            PresentedAt = one.StageSince, PresentedBy = Actor, Message = "Très à l'écoute.", Settled = one.Stage != GerantStage.Presented,
        };
        return random.Next(2) == 0 && one.Stage == GerantStage.Presented ? presentation : presentation.Hear(MairieAnswer.Yes, "Oui", ToldBy.Phone, false, Actor, one.StageSince).Value;
    }
}
