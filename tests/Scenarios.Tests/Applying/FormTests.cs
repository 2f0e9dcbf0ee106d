using MilleCafes.Testing;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>The public form: what it takes, what it refuses, and what it tells nobody.</summary>
public sealed class FormTests(MilleCafesHost host)
{
    private static readonly Dictionary<string, (Action<JsonNode> Spoil, string Fault)> Wrong = new()
    {
        ["no applicant"] = (form => form["applicant"] = null, "/applicant not_null"),
        ["no form of applicant"] = (form => form["applicant"]!["form"] = null, "/applicant/form not_null"),
        ["no name"] = (form => form["applicant"]!["name"] = " ", "/applicant/name not_empty"),
        ["a very long name"] = (form => form["applicant"]!["name"] = new string('a', 201), "/applicant/name maximum_length"),
        ["no address"] = (form => form["applicant"]!["email"] = "", "/applicant/email not_empty"),
        ["no e-mail address"] = (form => form["applicant"]!["email"] = "camille", "/applicant/email email"),
        ["two addresses"] = (form => form["applicant"]!["email"] = "a@example.org,b@example.org", "/applicant/email email"),
        ["an address with a line feed"] = (form => form["applicant"]!["email"] = "a@example.org\nBcc: b@example.org", "/applicant/email email"),
        ["no commune"] = (form => form["applicant"]!["inseeCode"] = null, "/applicant/inseeCode not_empty"),
        ["a commune's name"] = (form => form["applicant"]!["inseeCode"] = "Sénergues", "/applicant/inseeCode regular_expression"),
        ["a code of no commune"] = (form => form["applicant"]!["inseeCode"] = "12999", "/applicant/inseeCode unknown_commune"),
        ["no motivation"] = (form => form["applicant"]!["motivation"] = null, "/applicant/motivation not_empty"),
        ["an endless motivation"] = (form => form["applicant"]!["motivation"] = new string('a', 8_001), "/applicant/motivation maximum_length"),
        ["an endless telephone"] = (form => form["applicant"]!["phone"] = new string('0', 41), "/applicant/phone maximum_length"),
        ["a telephone that is none"] = (form => form["applicant"]!["phone"] = "abc", "/applicant/phone bad_phone"),
        ["a name on two lines"] = (form => form["applicant"]!["name"] = "Camille\r\nExemple", "/applicant/name control_character"),
        ["a person with another"] = (form => form["applicant"]!["others"] = new JsonArray("Dominique"), "/applicant/others others_of_form"),
        ["a couple of one"] = (form => form["applicant"]!["form"] = "couple", "/applicant/others others_of_form"),
        ["a collective of one"] = (form => form["applicant"]!["form"] = "collective", "/applicant/others others_of_form"),
        ["no consent"] = (form => form["consent"] = null, "/consent not_null"),
        ["a consent that is none"] = (form => form["consent"]!["given"] = false, "/consent/given consent_required"),
        ["a consent to nothing"] = (form => form["consent"]!["version"] = null, "/consent/version not_empty"),
        ["a consent in another language"] = (form => form["consent"]!["language"] = "de", "/consent/language regular_expression"),
        ["an unknown region"] = (form => form["wishes"] = new JsonObject { ["regions"] = new JsonArray("Atlantide") }, "/wishes/regions/0 unknown_region"),
        ["an unknown département"] = (form => form["wishes"] = new JsonObject { ["departements"] = new JsonArray("99") }, "/wishes/departements/0 unknown_departement"),
        ["an endless source"] = (form => form["source"] = new string('a', 201), "/source maximum_length"),
    };

    public static TheoryData<string> WrongForms => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongForms))]
    public async Task A_wrong_form_is_refused_by_its_field(string wrong)
    {
        var form = NodeOf(FormOf(NextEmail()));
        Wrong[wrong].Spoil(form);

        var problem = await host.Anonymous.PostAsync(Form, form).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");

        Assert.Contains(Wrong[wrong].Fault, problem["errors"]!.AsArray().Select(fault => $"{fault!["pointer"].Text()} {fault["code"].Text()}"));
    }

    [Fact]
    public async Task A_form_for_an_offer_that_is_not_open_or_an_old_consent_is_refused()
    {
        await host.Anonymous.PostAsync(Form, FormOf(NextEmail(), $"{Guid.CreateVersion7()}")).RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerance_offer_unknown");
        var offer = await OfferAsync(host.Administrator, host.NextInseeCode());
        await host.Administrator.PostAsync($"/v1/recruitment/gerance-offers/{offer}/filling", new { }).DoneAsync();
        await host.Anonymous.PostAsync(Form, FormOf(NextEmail(), offer)).RefusedAsync(HttpStatusCode.Gone, "recruitment.gerance_offer_gone");
        var old = NodeOf(FormOf(NextEmail()));
        old["consent"]!["version"] = "1999-01";
        await host.Anonymous.PostAsync(Form, old).RefusedAsync(HttpStatusCode.UnprocessableEntity, "recruitment.consent_outdated");
    }

    [Fact]
    public async Task The_text_to_agree_to_is_shown_in_both_languages_and_kept_with_the_candidature()
    {
        var (french, english) = (await host.Anonymous.ReadAsync(Form, "fr"), await host.Anonymous.ReadAsync(Form, "en"));
        var (id, _) = await SubmittedAsync(host, NextEmail());
        var kept = (await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["consent"]!;

        Assert.Equal(("fr", "en"), (french["consentLanguage"].Text(), english["consentLanguage"].Text()));
        Assert.NotEqual(french["consentText"].Text(), english["consentText"].Text());
        Assert.Equal((french["consentVersion"].Text(), "fr"), (kept["version"].Text(), kept["language"].Text()));
        var stored = await host.Administrator.ReadAsync($"/v1/access/audit?subject={id}");
        Assert.Contains(french["consentText"].Text(), stored["items"]!.AsArray().SelectMany(entry => entry!["changes"]!.AsArray()).Select(change => (change!["to"] as JsonValue)?.ToString()));
    }

    [Fact]
    public async Task A_robot_is_answered_like_anybody_and_nothing_is_kept_or_mailed()
    {
        var email = NextEmail();
        var robot = FormOf(email);
        robot["website"] = "https://spam.example/";

        var (taken, told) = ("", "");
        await host.TrackAsync(async () => taken = await AnswerAsync(robot));
        await host.TrackAsync(async () => told = await AnswerAsync(FormOf(NextEmail())));

        Assert.Equal(told, taken);
        Assert.Empty(await host.Administrator.ListedAsync($"confirmed=false&email={email}"));
        Assert.Empty(host.Mails.To(email));
    }

    [Fact]
    public async Task The_answer_does_not_tell_whether_the_address_is_known_and_the_link_is_not_sent_again_at_once()
    {
        var email = NextEmail();
        var first = await AnswerAsync(FormOf(email));
        await host.Mails.ToAsync(email);

        var second = "";
        await host.TrackAsync(async () => second = await AnswerAsync(FormOf(email.ToUpperInvariant())));

        Assert.Equal(first, second);
        Assert.Single(await host.Administrator.ListedAsync($"confirmed=false&email={email}"));
        Assert.Single(host.Mails.To(email));
    }

    [Fact]
    public async Task Who_asks_again_later_gets_the_link_again_and_both_links_work_once_together()
    {
        await using var mails = new MailServer();
        await using var apart = await host.StartApartAsync(("Smtp:Port", $"{mails.Port}"), ("Recruitment:Form:ResendAfter", "00:00:00"));
        using var anybody = apart.CreateClient();
        var email = NextEmail();
        await anybody.PostAsync(Form, FormOf(email)).DoneAsync(HttpStatusCode.Accepted);
        var (id, first) = LinkIn(await mails.ToAsync(email));
        await anybody.PostAsync(Form, FormOf(email)).DoneAsync(HttpStatusCode.Accepted);
        var (same, second) = LinkIn(await mails.ToAsync(email, 2));

        Assert.Equal(id, same);
        Assert.NotEqual(first, second);
        await anybody.ActAsync(id, "confirmation", new { token = first }).DoneAsync(HttpStatusCode.NoContent);
        await anybody.ActAsync(id, "confirmation", new { token = second }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_already_confirmed");
    }

    [Fact]
    public async Task Nobody_fills_the_letter_box_of_another()
    {
        var email = NextEmail();
        for (var time = 0; time < 7; time++)
        {
            await AnswerAsync(FormOf(email, await OfferAsync(host.Administrator, host.NextInseeCode())));
        }

        Assert.Equal(5, (await host.Administrator.ListedAsync($"confirmed=false&email={email}")).Count);
    }

    [Fact]
    public async Task An_address_sends_so_many_forms_and_is_told_how_many_are_left()
    {
        await using var apart = await host.StartApartAsync(("Recruitment:Form:Permits", "2"), ("Recruitment:Form:Window", "01:00:00"));
        using var anybody = apart.CreateClient();
        using (var taken = await anybody.PostAsync(Form, FormOf(NextEmail())))
        {
            Assert.Equal("\"default\";q=1000000;w=60, \"gerant-form\";q=2;w=3600", string.Join(", ", taken.Headers.GetValues("RateLimit-Policy")));
            Assert.EndsWith(", \"gerant-form\";r=1;t=1800", string.Join(", ", taken.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        }

        // One that is wrong counts too
        await anybody.PostAsync(Form, new { }).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        using var refused = await anybody.PostAsync(Form, FormOf(NextEmail()));
        Assert.Equal("request.rate_exceeded", (await refused.ReadAsync(HttpStatusCode.TooManyRequests))["code"].Text());
        Assert.Equal("1800", string.Join(", ", refused.Headers.GetValues("Retry-After")));
        await anybody.ReadAsync(Form);
    }

    private async Task<string> AnswerAsync(object form)
    {
        using var answer = await host.Anonymous.PostAsync(Form, form);
        return (await answer.ReadAsync(HttpStatusCode.Accepted)).ToJsonString();
    }

    private static JsonNode NodeOf(object form) => System.Text.Json.JsonSerializer.SerializeToNode(form)!;
}
