using System.Net.Mail;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>What a mairie is told of its candidature without asking: by webhooks, and by mail to the contact of the letter.</summary>
public sealed class CommuneNewsTests(MilleCafesHost host)
{
    private const string Asked = "Il manque la surface du local.";
    private const string Declined = "Un café a rouvert dans la commune voisine.";

    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write", "webhooks:manage"];

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_mairie_hears_of_what_it_is_to_answer_and_of_what_becomes_of_its_candidature_and_its_neighbour_of_nothing()
    {
        var code = host.NextInseeCode();
        using var mairie = await MairieAsync(code);
        using var neighbour = await MairieAsync(host.NextInseeCode());
        var id = await mairie.SubmittedAsync(Letter(code));

        await host.TrackAsync(() => Team.DoneAsync(id, "correction-request", new() { ["what"] = Asked, ["dueOn"] = "2099-05-01" }));
        await host.TrackAsync(() => Team.DoneAsync(id, "refusal", new() { ["reason"] = Declined }));
        await host.TrackAsync(() => Team.DoneAsync(id, "reopening", new() { ["reason"] = "Il a refermé." }));
        await host.TrackAsync(() => Team.DoneAsync(id, "acceptance"));

        var heard = (await mairie.ReadAsync("/v1/webhooks/events?type=recruitment.*&limit=200"))["items"]!.AsArray().Select(item => item!["body"]!).ToList();
        Assert.Equal(
            ["corrections-requested", "declined", "reopened", "accepted"],
            heard.Select(body => body["type"].Text()["recruitment.commune-candidature.".Length..]));
        Assert.All(heard, body => Assert.Equal(($"{id}", code), (body["data"]!["candidatureId"].Text(), body["data"]!["inseeCode"].Text())));
        Assert.Equal("2099-05-01", heard[0]["data"]!["dueOn"].Text());
        // What people write is erased from the candidature, and could not be from what was sent out
        Assert.All([Asked, Declined, "Il a refermé."], text => Assert.DoesNotContain(text, string.Concat(heard.Select(body => body["data"])), StringComparison.Ordinal));
        Assert.Empty((await neighbour.ReadAsync("/v1/webhooks/events?type=recruitment.*&limit=200"))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_contact_of_the_letter_is_mailed_what_to_correct_and_until_when_and_both_answers()
    {
        var (code, email) = (host.NextInseeCode(), RightGerants.NextEmail());
        var id = await Team.SubmittedAsync(LetterOf(code, email));

        await host.TrackAsync(() => Team.DoneAsync(id, "correction-request", new() { ["what"] = Asked, ["dueOn"] = "2099-05-01" }));
        await host.TrackAsync(() => Team.DoneAsync(id, "refusal", new() { ["reason"] = Declined }));
        await host.TrackAsync(() => Team.DoneAsync(id, "reopening", new() { ["reason"] = "Il a refermé." }));
        await host.TrackAsync(() => Team.DoneAsync(id, "acceptance"));

        Assert.Collection(
            host.Mails.To(email).Select(mail => mail.Text),
            text => AssertTells(text, "d'ici au vendredi 1er mai 2099", Asked, "by Friday 1 May 2099"),
            text => AssertTells(text, "Nous ne pouvons pas donner suite à la candidature de", Declined, "We cannot go on with the candidature of"),
            text => AssertTells(text, "Nous étudions de nouveau la candidature de", "", "holds no longer"),
            text => AssertTells(text, "est acceptée", "is accepted"));
    }

    [Fact]
    public async Task Nobody_is_mailed_what_is_true_no_more_nor_once_the_contact_is_erased()
    {
        var (code, email) = (host.NextInseeCode(), RightGerants.NextEmail());
        var id = await Team.SubmittedAsync(LetterOf(code, email));
        var asked = (await host.TrackAsync(() => Team.DoneAsync(id, "correction-request", new() { ["what"] = Asked, ["dueOn"] = "2099-05-01" }))).Sent.MessagesOf<CommuneCorrectionsRequested>().First();
        await Team.DoneAsync(id, "correction-answer", new() { ["answer"] = "65 m²" });
        var declined = (await host.TrackAsync(() => Team.DoneAsync(id, "refusal", new() { ["reason"] = Declined }))).Sent.MessagesOf<CommuneCandidatureDeclined>().First();
        await host.TrackAsync(() => Team.DoneAsync(id, "reopening", new() { ["reason"] = "Il a refermé." }));
        Assert.Equal(3, host.Mails.To(email).Count);

        await host.TrackAsync(() => host.PublishAsync(asked));
        await host.TrackAsync(() => host.PublishAsync(declined));
        await Team.DoneAsync(id, "contact-erasure");
        var accepted = await host.TrackAsync(() => Team.DoneAsync(id, "acceptance"));

        Assert.DoesNotContain(accepted.AllExceptions(), failure => failure is SmtpException);
        Assert.Equal(3, host.Mails.To(email).Count);
    }

    private static JsonObject LetterOf(string code, string email)
    {
        var letter = Letter(code);
        letter["contact"]!["email"] = email;
        return letter;
    }

    private static void AssertTells(string text, params string[] what) => Assert.All(what, words => Assert.Contains(words, text, StringComparison.Ordinal));

    private async Task<HttpClient> MairieAsync(string code) => host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = code })).Key);
}
