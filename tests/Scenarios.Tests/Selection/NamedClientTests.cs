using System.Net.Http.Json;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Nobody is asked for something who could not do it: a slip of the pen is told at once.</summary>
public sealed class NamedClientTests(MilleCafesHost host)
{
    private const string Diffusions = "/v1/recruitment/offer-diffusions";

    private HttpClient Team => host.Administrator;

    public static TheoryData<string, string> Slips => new(
        from act in new[] { "open", "invite", "replace", "propose", "add", "change", "note" }
        from slip in new[] { "unknown", "disabled", "of_other_kind" }
        select (act, slip));

    [Theory]
    [MemberData(nameof(Slips))]
    public async Task Every_act_that_names_a_client_refuses_one_that_cannot_be_asked(string act, string slip)
    {
        var (kind, pointer, path, body, method) = await AskingAsync(act);
        var client = slip switch
        {
            "unknown" => Guid.CreateVersion7(),
            "disabled" => await DisabledAsync(kind),
            _ => await AddedAsync(kind == "partner" ? "mairie" : "partner"),
        };

        using var refused = await SendAsync(method, path, body(client));
        var problem = await refused.ReadAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(
            ($"recruitment.client_{slip}", pointer, "unfit_client"),
            (problem["code"].Text(), Assert.Single(problem["errors"]!.AsArray())!["pointer"].Text(), problem["errors"]![0]!["code"].Text()));

        using var done = await SendAsync(method, path, body(await AddedAsync(kind)));
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_observer_who_is_disabled_is_shown_as_one_who_cannot_answer_until_they_are_replaced()
    {
        var absent = await AddedAsync("staff");
        var card = await Team.CreatedAsync(Scorecards, new { candidatureId = await Team.CandidateAsync(), observers = new[] { Observer(absent) } });
        Assert.Equal([true], await CanAnswerAsync(card));

        await host.TrackAsync(() => Team.DoneAsync($"/v1/access/clients/{absent}/disablement"));
        Assert.Equal([false], await CanAnswerAsync(card));
        await host.TrackAsync(() => Team.DoneAsync($"/v1/access/clients/{absent}/enablement"));
        Assert.Equal([true], await CanAnswerAsync(card));

        await host.TrackAsync(() => Team.DoneAsync($"/v1/access/clients/{absent}/disablement"));
        var observer = (await Team.ReadAsync($"{Scorecards}/{card}"))["observers"]![0]!["id"].Text();
        await Team.DoneAsync($"{Scorecards}/{card}/replacement", new { observerId = observer, role = "staff", clientId = await AddedAsync("staff"), reason = "A quitté l'équipe" });
        Assert.Equal([null, true], await CanAnswerAsync(card));
    }

    [Fact]
    public async Task A_host_café_can_be_changed_though_its_client_was_disabled_since()
    {
        var gerant = await AddedAsync("gerant");
        var cafe = await Team.HostCafeAsync(client: gerant);
        await host.TrackAsync(() => Team.DoneAsync($"/v1/access/clients/{gerant}/disablement"));

        using var changed = await Team.PutAsJsonAsync(
            $"{HostCafes}/{cafe}", new { name = "Café renommé", inseeCode = "12268", capacityPerDay = 2, clientId = gerant }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task A_member_of_the_team_who_proposes_an_interview_in_their_own_name_need_not_be_looked_up()
    {
        using var colleague = await Writer.OfAsync(host);
        // As if the message of it had not come yet
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var forget = database.CreateCommand($"delete from recruitment.mt_doc_knownclient where id = '{colleague.Id}'");
        Assert.Equal(1, await forget.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        var interview = await colleague.Client.CreatedAsync(Interviews, new { candidatureId = await Team.CandidateAsync(), slots = new[] { Slot(24) } });
        Assert.Equal($"{colleague.Id}", (await Team.ReadAsync($"{Interviews}/{interview}"))["interviewerId"].Text());
    }

    private static object Observer(Guid client) => new { role = "staff", clientId = client };

    private async Task<IEnumerable<bool?>> CanAnswerAsync(Guid card)
    {
        var read = (await Team.ReadAsync($"{Scorecards}/{card}"))["observers"]!.ToJsonString();
        var listed = (await Team.ReadAsync($"{Scorecards}?candidatureId={(await Team.ReadAsync($"{Scorecards}/{card}"))["candidatureId"].Text()}"))["items"]![0]!["observers"]!.ToJsonString();
        Assert.Equal(read, listed);
        return JsonNode.Parse(read)!.AsArray().Select(observer => (bool?)observer!["canAnswer"]);
    }

    private async Task<(string Kind, string Pointer, string Path, Func<Guid, object> Body, HttpMethod Method)> AskingAsync(string act)
    {
        var candidate = act is "open" or "propose" ? await Team.CandidateAsync() : Guid.Empty;
        switch (act)
        {
            case "open":
                return ("staff", "/observers/1/clientId", Scorecards, client => new { candidatureId = candidate, observers = new[] { Observer(KnownClients.Administrator), Observer(client) } }, HttpMethod.Post);
            case "invite":
                return ("mairie", "/clientId", $"{await RightSelection.ScorecardAsync(host)}/observers", client => new { role = "mairie", clientId = client }, HttpMethod.Post);
            case "replace":
                var card = await RightSelection.ScorecardAsync(host);
                var observer = (await Team.ReadAsync(card))["observers"]![0]!["id"].Text();
                return ("gerant", "/clientId", $"{card}/replacement", client => new { observerId = observer, role = "hostCafe", clientId = client, reason = "Absente" }, HttpMethod.Post);
            case "propose":
                return ("staff", "/interviewerId", Interviews, client => new { candidatureId = candidate, interviewerId = client, slots = new[] { Slot(24) } }, HttpMethod.Post);
            case "add":
                return ("gerant", "/clientId", HostCafes, Cafe, HttpMethod.Post);
            case "change":
                return ("gerant", "/clientId", await RightSelection.HostCafeAsync(host, null), Cafe, HttpMethod.Put);
            default:
                var offer = await Team.OfferAsync(host.NextInseeCode());
                return ("partner", "/clientId", Diffusions, client => new { offerId = offer, clientId = client }, HttpMethod.Post);
        }
    }

    private static object Cafe(Guid client) => new { name = "Le café de Sénergues", inseeCode = "12268", capacityPerDay = 1, clientId = client };

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        return await Team.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<Guid> AddedAsync(string kind) => (await host.AddClientAsync(new
    {
        name = "Client", kind, scopes = new[] { "recruitment:write" }, inseeCode = kind == "mairie" ? "12268" : null, cafes = kind == "gerant" ? new[] { Guid.CreateVersion7() } : null,
    })).Id;

    private async Task<Guid> DisabledAsync(string kind)
    {
        var client = await AddedAsync(kind);
        await host.TrackAsync(() => Team.DoneAsync($"/v1/access/clients/{client}/disablement"));
        return client;
    }
}
