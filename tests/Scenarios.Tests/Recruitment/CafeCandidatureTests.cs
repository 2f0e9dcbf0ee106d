using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.OffersAndCafes;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>An existing café, from its gérant's letter to the project that starts with a diagnosis.</summary>
public sealed class CafeCandidatureTests(MilleCafesHost host)
{
    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write"];

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task An_accepted_café_gets_one_project_that_starts_with_a_diagnosis()
    {
        var code = host.NextInseeCode();
        var id = await AppliedAsync(Team, code);

        var session = await host.TrackAsync(() => DoneAsync(Team, $"{Cafes}/{id}/acceptance"));
        var accepted = session.Sent.MessagesOf<CafeCandidatureAccepted>().First();
        await host.TrackAsync(() => host.PublishAsync(accepted));

        var project = Assert.Single((await Team.ReadAsync($"{Letters.Projects}?inseeCode={code}"))["items"]!.AsArray())!;
        Assert.Equal(("diagnosis", "definition", id), (project["startsWith"].Text(), project["phase"].Text(), project["candidatureId"].Text()));
        Assert.Equal("diagnosis", session.Sent.MessagesOf<CafeProjectOpened>().First().StartsWith);
        Assert.Equal("recruitment.cafe_candidature_already_accepted", await RefusedAsync(Team, $"{Cafes}/{id}/acceptance", HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task The_gérant_who_sent_it_hears_of_the_answer_and_the_contact_is_mailed_it()
    {
        var (code, email) = (host.NextInseeCode(), RightGerants.NextEmail());
        using var gerant = await GerantAsync();
        using var stranger = await GerantAsync();
        var answers = new (string Act, JsonObject? Body, string Told)[] { ("refusal", new() { ["reason"] = "Le café voisin a rouvert." }, "Le café voisin a rouvert."), ("acceptance", null, "est acceptée") };
        foreach (var (act, body, told) in answers)
        {
            var letter = Cafe(code);
            letter["contact"] = new JsonObject { ["name"] = "Dominique Exemple", ["email"] = email };
            var id = await MadeAsync(gerant, Cafes, letter);
            await host.TrackAsync(() => DoneAsync(Team, $"{Cafes}/{id}/{act}", body));

            var heard = act == "refusal" ? "declined" : "accepted";
            Assert.Equal([$"recruitment.cafe-candidature.{heard}"], await Selection.Candidates.HeardAsync(gerant, "recruitment.cafe-candidature.*", "candidatureId", Guid.Parse(id)));
            Assert.Empty(await Selection.Candidates.HeardAsync(stranger, "recruitment.cafe-candidature.*", "candidatureId", Guid.Parse(id)));
            Assert.Contains(told, host.Mails.To(email)[^1].Text, StringComparison.Ordinal);
        }

        async Task<HttpClient> GerantAsync() => host.With((await host.AddClientAsync(
            new { name = "Café", kind = "gerant", scopes = new[] { "recruitment:read", "recruitment:write", "webhooks:manage" }, cafes = new[] { Guid.CreateVersion7() } })).Key);
    }

    [Fact]
    public async Task A_second_last_café_of_a_commune_is_taken_in_only_when_the_team_says_why()
    {
        var code = host.NextInseeCode();
        var (first, second) = (await AppliedAsync(Team, code), await AppliedAsync(Team, code));
        await DoneAsync(Team, $"{Cafes}/{first}/acceptance");

        Assert.Equal("recruitment.cafe_not_the_last", await RefusedAsync(Team, $"{Cafes}/{second}/acceptance", HttpStatusCode.Conflict));
        Assert.Equal("accepted", (await DoneAsync(Team, $"{Cafes}/{second}/acceptance", new() { ["secondProject"] = "Le premier a fermé." }))["status"].Text());
    }

    [Fact]
    public async Task A_café_that_is_not_eligible_is_kept_with_its_reasons_and_accepted_by_override_only()
    {
        var body = Cafe(CommuneRegistry.Official.Communes.First(commune => commune is { Departement: "80", Eligible: false }).InseeCode);
        (body["carriedByGerant"], body["lastCafeOfCommune"], body["dedicatedSpace"]) = (false, false, "none");
        var id = await MadeAsync(Team, Cafes, body);

        var eligibility = (await Team.ReadAsync($"{Cafes}/{id}", "en"))["eligibility"]!;
        Assert.Equal(
            ["The commune has 3,500 residents or more.", "The gérant does not carry the file.", "The commune has another open café.", "It has neither a café-bar nor a tea-room space."],
            eligibility["reasons"]!.AsArray().Where(reason => !reason!["met"]!.GetValue<bool>()).Select(reason => reason!["text"].Text()));
        Assert.Equal("recruitment.cafe_candidature_not_eligible", await RefusedAsync(Team, $"{Cafes}/{id}/acceptance", HttpStatusCode.UnprocessableEntity));
        await DoneAsync(Team, $"{Cafes}/{id}/eligibility-override", new() { ["reason"] = "Commune nouvelle ; le village a 300 habitants." });
        Assert.Equal("accepted", (await DoneAsync(Team, $"{Cafes}/{id}/acceptance"))["status"].Text());
    }

    [Fact]
    public async Task One_SIRET_has_one_open_candidature_and_may_apply_again_afterwards()
    {
        var (code, siret) = (host.NextInseeCode(), Sirets.Next());
        var first = await MadeAsync(Team, Cafes, Cafe(code, siret));

        Assert.Equal("recruitment.cafe_candidature_already_open", await RefusedAsync(Team, Cafes, HttpStatusCode.Conflict, Cafe(code, siret.Insert(9, " "))));
        await DoneAsync(Team, $"{Cafes}/{first}/refusal", new() { ["reason"] = "Trop tôt." });
        var second = await MadeAsync(Team, Cafes, Cafe(code, siret));
        await DoneAsync(Team, $"{Cafes}/{second}/withdrawal");
        await MadeAsync(Team, Cafes, Cafe(code, siret));

        Assert.Equal(["declined", "withdrawn", "submitted"], (await Team.ReadAsync($"{Cafes}?siret={siret}"))["items"]!.AsArray().Select(item => item!["status"].Text()));
        Assert.Equal([second], (await Team.ReadAsync($"{Cafes}?inseeCode={code}&departement=80&status=withdrawn&eligible=true"))["items"]!.AsArray().Select(item => item!["id"].Text()));
    }

    [Fact]
    public async Task A_café_is_taken_in_twice_only_when_the_team_says_why()
    {
        var (code, siret) = (host.NextInseeCode(), Sirets.Next());
        var first = await MadeAsync(Team, Cafes, Cafe(code, siret));
        await host.TrackAsync(() => DoneAsync(Team, $"{Cafes}/{first}/acceptance"));
        var second = await MadeAsync(Team, Cafes, Cafe(code, siret));

        Assert.Equal("recruitment.cafe_already_accepted", await RefusedAsync(Team, $"{Cafes}/{second}/acceptance", HttpStatusCode.Conflict));
        Assert.Equal("recruitment.cafe_already_accepted", await RefusedAsync(Team, $"{Cafes}/{second}/acceptance", HttpStatusCode.Conflict, new() { ["secondProject"] = " " }));
        var accepted = await DoneAsync(Team, $"{Cafes}/{second}/acceptance", new() { ["secondProject"] = "Le premier projet s'est arrêté." });
        Assert.Equal(("accepted", "Le premier projet s'est arrêté."), (accepted["status"].Text(), accepted["history"]!.AsArray()[^1]!["reason"].Text()));
    }

    [Fact]
    public async Task Whoever_else_says_to_be_the_last_café_of_the_commune_is_shown_to_the_team_alone()
    {
        var (code, siret) = (host.NextInseeCode(), Sirets.Next());
        var (first, second, declined) = (await MadeAsync(Team, Cafes, Cafe(code, siret)), await AppliedAsync(Team, code), await AppliedAsync(Team, code));
        await DoneAsync(Team, $"{Cafes}/{declined}/refusal", new() { ["reason"] = "Trop tôt." });
        await host.TrackAsync(() => DoneAsync(Team, $"{Cafes}/{first}/acceptance"));
        // The same café once more is no other one
        var again = await MadeAsync(Team, Cafes, Cafe(code, siret));
        var notLast = Cafe(code);
        notLast["lastCafeOfCommune"] = false;
        await MadeAsync(Team, Cafes, notLast);

        Assert.Equal([first, again], (await Team.ReadAsync($"{Cafes}/{second}"))["otherLastCafes"]!.AsArray().Select(other => other.Text()));
        Assert.Equal([second], (await Team.ReadAsync($"{Cafes}/{again}"))["otherLastCafes"]!.AsArray().Select(other => other.Text()));
        using var mairie = host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = code })).Key);
        Assert.Null((await mairie.ReadAsync($"{Cafes}/{second}"))["otherLastCafes"]);
    }

    [Fact]
    public async Task Other_facts_are_judged_anew_and_the_history_keeps_all()
    {
        var id = await AppliedAsync(Team, host.NextInseeCode());
        var candidature = await ChangeAsync(Team, id, HttpStatusCode.OK, isLast: false);

        Assert.False(candidature["eligibility"]!["eligible"]!.GetValue<bool>());
        Assert.Equal(["submitted", "changed"], candidature["history"]!.AsArray().Select(done => done!["act"].Text()));
        Assert.Equal([2024, 2025], candidature["years"]!.AsArray().Select(year => year!["year"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_gérant_sees_what_they_sent_and_a_mairie_what_concerns_its_commune()
    {
        var code = host.NextInseeCode();
        var (_, gerantKey) = await host.AddClientAsync(new { name = "Gérante", kind = "gerant", scopes = Scopes, cafes = new[] { Guid.CreateVersion7() } });
        var (_, mairieKey) = await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = code });
        using var gerant = host.With(gerantKey);
        using var mairie = host.With(mairieKey);
        var (own, others) = (await AppliedAsync(gerant, code), await AppliedAsync(Team, host.NextInseeCode()));

        Assert.Equal([own], (await gerant.ReadAsync(Cafes))["items"]!.AsArray().Select(item => item!["id"].Text()));
        Assert.Equal([own], (await mairie.ReadAsync(Cafes))["items"]!.AsArray().Select(item => item!["id"].Text()));
        Assert.Equal("cafe@example.org", (await gerant.ReadAsync($"{Cafes}/{own}"))["contact"]!["email"].Text());
        Assert.Equal("recruitment.cafe_candidature_unknown", await RefusedAsync(gerant, $"{Cafes}/{others}/withdrawal", HttpStatusCode.NotFound));
        Assert.Equal("access.not_yours", await RefusedAsync(mairie, Cafes, HttpStatusCode.Forbidden, Cafe(host.NextInseeCode())));
        Assert.Equal("access.holder_excluded", await RefusedAsync(gerant, $"{Cafes}/{own}/acceptance", HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task A_candidature_is_changed_and_withdrawn_by_its_sender_and_the_team_and_by_no_mairie_that_reads_it()
    {
        var code = host.NextInseeCode();
        using var gerant = host.With((await host.AddClientAsync(new { name = "Gérante", kind = "gerant", scopes = Scopes, cafes = new[] { Guid.CreateVersion7() } })).Key);
        using var mairie = host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = code })).Key);
        var (theirs, own) = (await AppliedAsync(gerant, code), await AppliedAsync(mairie, code));

        Assert.Equal("recruitment.cafe_candidature_of_its_sender", (await ChangeAsync(mairie, theirs, HttpStatusCode.Forbidden))["code"].Text());
        Assert.Equal("recruitment.cafe_candidature_of_its_sender", await RefusedAsync(mairie, $"{Cafes}/{theirs}/withdrawal", HttpStatusCode.Forbidden));
        Assert.Single((await mairie.ReadAsync($"{Cafes}/{theirs}"))["history"]!.AsArray());

        foreach (var (sender, id) in new[] { (gerant, theirs), (mairie, own) })
        {
            await ChangeAsync(sender, id, HttpStatusCode.OK, "Café du Pont");
            await ChangeAsync(Team, id, HttpStatusCode.OK);
            Assert.Equal("withdrawn", (await DoneAsync(sender, $"{Cafes}/{id}/withdrawal"))["status"].Text());
        }
    }

    [Theory]
    [InlineData("siret", "73282932000075", "/siret", "not_a_siret")]
    [InlineData("siret", "35600000000049", "/siret", "not_a_siret")]
    [InlineData("inseeCode", "1", "/inseeCode", "regular_expression")]
    [InlineData("dedicatedSpace", "garage", "/dedicatedSpace", "unknown_value")]
    public async Task A_faulty_letter_is_refused_and_each_fault_named(string member, string value, string pointer, string code)
    {
        var letter = Cafe(host.NextInseeCode());
        letter[member] = value;
        using var refused = await Team.SendAsync(Cafes, letter);

        var fault = Assert.Single((await refused.ReadAsync(HttpStatusCode.BadRequest))["errors"]!.AsArray())!;
        Assert.Equal((pointer, code), (fault["pointer"].Text(), fault["code"].Text()));
    }

    private static async Task<JsonNode> ChangeAsync(HttpClient http, string id, HttpStatusCode status, string name = "Café de la Place", bool isLast = true)
    {
        var facts = Cafe("");
        facts.Remove("siret");
        facts.Remove("inseeCode");
        (facts["cafeName"], facts["lastCafeOfCommune"]) = (name, isLast);
        using var answer = await http.PutAsync($"{Cafes}/{id}", System.Net.Http.Json.JsonContent.Create(facts), TestContext.Current.CancellationToken);
        return await answer.ReadAsync(status);
    }
}
