using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Candidates, offers and host cafés, made as the team makes them.</summary>
internal static class Candidates
{
    public const string Gerants = "/v1/recruitment/gerant-candidatures";
    public const string Offers = "/v1/recruitment/gerance-offers";
    public const string Scorecards = "/v1/recruitment/scorecards";
    public const string Interviews = "/v1/recruitment/interviews";
    public const string HostCafes = "/v1/recruitment/host-cafes";
    public const string Immersions = "/v1/recruitment/immersions";
    public const string Presentations = "/v1/recruitment/presentations";

    private static int made;

    public static DateOnly Today => TimeProvider.System.Today();

    public static async Task<Guid> CandidateAsync(this HttpClient http, Guid? offer = null, string home = "12268", bool studied = true)
    {
        using var answer = await http.SendAsync(Gerants, new
        {
            applicant = new { form = "person", name = "Camille Exemple", email = $"candidat{Interlocked.Increment(ref made)}-{Guid.CreateVersion7():n}@example.org", inseeCode = home, motivation = "Je veux faire vivre mon village.", experience = "Dix ans de bar", diploma = "CAP" },
            consent = new { reference = "CGU, article 4", givenAt = TimeProvider.System.GetUtcNow().AddDays(-1).UtcDateTime },
            offerId = offer,
        });
        var id = (await answer.ReadAsync(HttpStatusCode.Created))["id"]!.GetValue<Guid>();
        if (studied)
        {
            await http.DoneAsync($"{Gerants}/{id}/study");
        }

        return id;
    }

    public static async Task<Guid> OfferAsync(this HttpClient http, string commune)
    {
        using var answer = await http.SendAsync(Offers, new
        {
            inseeCode = commune, title = "Gérance du café", model = "entrepreneurial", housing = new { provided = true }, guaranteedRemunerationCents = 150_000,
            startsOn = Today.AddDays(90), lookingFor = "Des personnes qui aiment accueillir.",
        });
        var id = (await answer.ReadAsync(HttpStatusCode.Created))["id"]!.GetValue<Guid>();
        await http.DoneAsync($"{Offers}/{id}/publication");
        return id;
    }

    public static Task<Guid> HostCafeAsync(this HttpClient http, int capacity = 1, Guid? client = null) =>
        http.CreatedAsync(HostCafes, new { name = "Le café de Sénergues", inseeCode = "12268", capacityPerDay = capacity, clientId = client });

    public static Task<HttpResponseMessage> BookAsync(this HttpClient http, Guid candidate, Guid cafe, int inDays = 10, int days = 3) =>
        http.SendAsync(Immersions, new { candidatureId = candidate, hostCafeId = cafe, firstDay = Today.AddDays(inDays), lastDay = Today.AddDays(inDays + days - 1) });

    /// <summary>A candidate of this offer who is to spend some days in a café.</summary>
    public static async Task<Guid> ImmersedAsync(this HttpClient http, Guid offer)
    {
        var candidate = await http.CandidateAsync(offer);
        await http.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) } });
        using var booked = await http.BookAsync(candidate, await http.HostCafeAsync());
        await booked.ReadAsync(HttpStatusCode.Created);
        return candidate;
    }

    /// <summary>A candidate of this offer who stands before the mairie.</summary>
    public static async Task<(Guid Candidate, Guid Presentation)> PresentedAsync(this HttpClient http, Guid offer)
    {
        var candidate = await http.ImmersedAsync(offer);
        return (candidate, await http.CreatedAsync(Presentations, new { candidatureId = candidate, message = "Très à l'écoute" }));
    }

    /// <summary>A candidate of this offer whom the mairie agreed to.</summary>
    public static async Task<Guid> AgreedAsync(this HttpClient http, Guid offer)
    {
        var (candidate, presentation) = await http.PresentedAsync(offer);
        await http.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Oui au téléphone", toldBy = "phone" });
        return candidate;
    }

    /// <summary>The candidate that this offer is reserved for.</summary>
    public static async Task<Guid> RetainedAsync(this HttpClient http, Guid offer)
    {
        var candidate = await http.AgreedAsync(offer);
        await http.DoneAsync($"{Gerants}/{candidate}/selection");
        return candidate;
    }

    /// <summary>The gérant of this offer.</summary>
    public static async Task<Guid> InPostAsync(this HttpClient http, Guid offer, DateOnly? startsOn = null)
    {
        var candidate = await http.RetainedAsync(offer);
        await http.DoneAsync($"{Gerants}/{candidate}/training", new { });
        await http.DoneAsync($"{Gerants}/{candidate}/installation", new { startsOn = startsOn ?? Today.AddDays(30) });
        return candidate;
    }

    /// <summary>Retained too, and met by no café any more: who becomes part of it may still have an immersion.</summary>
    public static async Task<Guid> OtherOfThemAsync(this HttpClient http, Guid offer)
    {
        var candidate = await http.RetainedAsync(offer);
        var immersion = Assert.Single((await http.ReadAsync($"{Immersions}?candidatureId={candidate}"))["items"]!.AsArray())!;
        await http.DoneAsync($"{Immersions}/{immersion["id"].Text()}/cancellation", new { reason = "Déjà faite" });
        return candidate;
    }

    /// <summary>The last day of this offer is over, and nothing has ended it yet.</summary>
    public static async Task PassLastDayAsync(this MilleCafesHost host, Guid offer)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var update = database.CreateCommand($"update recruitment.mt_doc_geranceoffer set data = jsonb_set(data, '{{facts,expiresOn}}', '\"{Today.AddDays(-2):yyyy-MM-dd}\"') where id = '{offer}'");
        await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static object Slot(double inHours, int minutes = 60) => new { startsAt = TimeProvider.System.GetUtcNow().AddHours(inHours).UtcDateTime, minutes, place = "Mairie de Sénergues" };

    /// <summary>One observation a behaviour.</summary>
    public static object Observations(int? level, string? note = null) => new
    {
        observations = new[] { "listening", "keepsTheirWord", "initiative", "calmUnderPressure", "warmth", "worksWithOthers" }.Select(behaviour => new { behaviour, level, note }),
    };

    public static async Task<Guid> CreatedAsync(this HttpClient http, string path, object body)
    {
        using var answer = await http.SendAsync(path, body);
        return (await answer.ReadAsync(HttpStatusCode.Created))["id"]!.GetValue<Guid>();
    }

    public static async Task<JsonNode> DoneAsync(this HttpClient http, string path, object? body = null)
    {
        using var answer = await http.SendAsync(path, body);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    public static async Task<JsonNode> RefusedAsync(this HttpClient http, string path, object? body, HttpStatusCode status, string code)
    {
        using var answer = await http.SendAsync(path, body);
        var problem = await answer.ReadAsync(status);
        Assert.Equal(code, problem["code"].Text());
        return problem;
    }

    public static async Task<string> StageAsync(this HttpClient http, Guid candidate) => (await http.ReadAsync($"{Gerants}/{candidate}"))["stage"].Text();

    /// <summary>The events of a type, or of several, that a holder hears of one thing, by their names.</summary>
    public static async Task<IEnumerable<string>> HeardAsync(HttpClient http, string type, string member, Guid id)
    {
        var heard = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = await http.ReadAsync($"/v1/webhooks/events?type={type}&limit=200{next}");
            heard.AddRange(page["items"]!.AsArray().Select(item => item!["body"]!).Where(body => body["data"]![member].Text() == $"{id}").Select(body => body["type"].Text()));
            next = page["next"] is { } cursor ? $"&after={cursor.Text()}" : null;
        }

        return heard.Order();
    }
}
