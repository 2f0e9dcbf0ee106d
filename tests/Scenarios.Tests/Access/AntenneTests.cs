using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Shared;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>A référent sees everything, and writes what concerns their antenne; immersions cross antennes.</summary>
public sealed class AntenneTests(MilleCafesHost host)
{
    // No other test does anything in this département
    private const string Elsewhere = "976";

    // What is given by whoever was asked to observe, wherever they are
    private static readonly string[] Personal = ["GiveObservations"];

    [Fact]
    public async Task Whatever_concerns_another_antenne_is_refused_to_a_référent_whose_writes_are_limited()
    {
        using var referent = await ReferentAsync(Elsewhere);
        using var writer = await Writer.OfAsync(host);
        var faults = new List<string>();
        var writes = host.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<OperationText>() is not null).Select(Asked.Of)
            .Where(one => one is { IsWrite: true, Scope: { } scope } && scope.EndsWith(":write", StringComparison.Ordinal) && (one.Kinds.Count == 0 || one.Kinds.Contains(HolderKind.Staff)))
            .Where(one => !Personal.Contains(one.Name)).ToList();
        Assert.NotEmpty(writes);
        foreach (var write in writes)
        {
            var right = await RightWrites.OfAsync(write.Name, writer);
            using var request = new HttpRequestMessage(new(write.Method), right.Address) { Content = right.Content };
            using var answer = await referent.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            faults.AddRange(text.Contains("access.other_antenne", StringComparison.Ordinal) ? [] : [$"{write}: {(int)answer.StatusCode} {text}"]);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_candidature_of_another_antenne_is_not_taken_to_one_s_own_by_an_offer_there()
    {
        using var aveyron = await ReferentAsync("12");
        var (offer, elsewhere) = (await host.Administrator.OfferAsync("12268"), await host.Administrator.OfferAsync(host.NextInseeCode()));
        var candidature = await host.Administrator.CandidateAsync(elsewhere);

        await aveyron.RefusedAsync($"{Candidates.Gerants}/{candidature}/offer", new { offerId = offer }, HttpStatusCode.Forbidden, "access.other_antenne");
        Assert.Equal($"{elsewhere}", (await host.Administrator.ReadAsync($"{Candidates.Gerants}/{candidature}"))["offerId"].Text());
        await aveyron.DoneAsync($"{Candidates.Gerants}/{await host.Administrator.CandidateAsync()}/offer", new { offerId = offer });
    }

    [Fact]
    public async Task A_référent_books_and_ends_immersions_of_their_candidates_in_a_café_of_another_antenne()
    {
        using var somme = await ReferentAsync("80");
        var cafe = await host.Administrator.HostCafeAsync(capacity: 1);
        foreach (var (act, body) in new (string, object)[] { ("cancellation", new { reason = "Travaux" }), ("completion", new { }) })
        {
            var candidature = await GerantPath.AtAsync(host.Administrator, "interview", host.NextInseeCode());
            using var booked = await somme.BookAsync(Guid.Parse(candidature), cafe, inDays: 0);
            var immersion = (await booked.ReadAsync(HttpStatusCode.Created))["id"].Text();
            Assert.Single((await host.Administrator.ReadAsync($"{Candidates.HostCafes}/{cafe}"))["stays"]!.AsArray());
            await somme.DoneAsync($"{Candidates.Immersions}/{immersion}/{act}", body);
        }

        var today = (await host.Administrator.ReadAsync($"{Candidates.HostCafes}/{cafe}"))["stays"]![0]!;
        Assert.Equal(today["firstDay"].Text(), today["lastDay"].Text());
        await somme.RefusedAsync($"{Candidates.HostCafes}/{await host.Administrator.HostCafeAsync()}/closure", new { reason = "Vendu" }, HttpStatusCode.Forbidden, "access.other_antenne");
    }

    [Fact]
    public async Task A_référent_of_an_antenne_that_was_asked_gives_its_opinion_on_a_commune_of_another_and_writes_nothing_else_there()
    {
        var candidature = $"/v1/recruitment/commune-candidatures/{await host.Administrator.SubmittedAsync(Letters.Letter(host.NextInseeCode()))}";
        using var asked = await ReferentAsync("69");
        using var others = await ReferentAsync(Elsewhere);
        var (ofAntenne, ofOthers) = (await AskAsync(new { whom = "Antenne Sud-Est", antenne = "southEast", question = "Qu'en dites-vous ?", dueOn = Candidates.Today }), await AskAsync(new { whom = "La préfecture", question = "?", dueOn = Candidates.Today }));

        await others.RefusedAsync($"{candidature}/opinion", Opinion(ofAntenne), HttpStatusCode.Forbidden, "access.other_antenne");
        await asked.RefusedAsync($"{candidature}/opinion", Opinion(ofOthers), HttpStatusCode.Forbidden, "access.other_antenne");
        await asked.RefusedAsync($"{candidature}/visit-plan", new { on = Candidates.Today.AddDays(7) }, HttpStatusCode.Forbidden, "access.other_antenne");
        var given = await asked.DoneAsync($"{candidature}/opinion", Opinion(ofAntenne));

        Assert.Equal(("southEast", "favourable", null), (given["study"]!["opinions"]![0]!["antenne"].Text(), given["study"]!["opinions"]![0]!["advice"].Text(), given["study"]!["opinions"]![1]!["givenAt"]));

        async Task<JsonNode> AskAsync(object body) => (await host.Administrator.DoneAsync($"{candidature}/opinion-request", body))["study"]!["opinions"]!.AsArray()[^1]!;

        static object Opinion(JsonNode request) => new { requestId = request["id"].Text(), advice = "favourable" };
    }

    [Fact]
    public async Task What_was_given_to_another_antenne_is_written_by_its_référents_too_and_found_where_its_opinion_is_awaited()
    {
        var id = await host.Administrator.SubmittedAsync(Letters.Letter(host.NextInseeCode()));
        var candidature = $"/v1/recruitment/commune-candidatures/{id}";
        using var given = await ReferentAsync("69");
        var visit = new { on = Candidates.Today.AddDays(7) };
        await given.RefusedAsync($"{candidature}/visit-plan", visit, HttpStatusCode.Forbidden, "access.other_antenne");
        await host.Administrator.DoneAsync($"{candidature}/opinion-request", new { whom = "Antenne Sud-Est", antenne = "southEast", question = "?", dueOn = Candidates.Today });
        Assert.Equal([id], (await given.ReadAsync("/v1/recruitment/commune-candidatures?opinionOf=southEast"))["items"]!.AsArray().Select(one => one!["id"]!.GetValue<Guid>()).Where(one => one == id));
        Assert.DoesNotContain(id, (await given.ReadAsync("/v1/recruitment/commune-candidatures?opinionOf=northWest&limit=200"))["items"]!.AsArray().Select(one => one!["id"]!.GetValue<Guid>()));

        await host.Administrator.DoneAsync($"{candidature}/antenne-assignment", new { antenne = "southEast" });

        await given.DoneAsync($"{candidature}/visit-plan", visit);
    }

    private async Task<HttpClient> ReferentAsync(string departement) => host.With((await host.AddClientAsync(
        new { name = "Référent", kind = "staff", scopes = new[] { "recruitment:read", "recruitment:write", "accompaniment:read", "accompaniment:write", "personal-data:read" }, writesIn = new[] { departement } })).Key);
}
