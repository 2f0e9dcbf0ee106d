using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Shared;
using MilleCafes.Testing;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>One person's way, from the form that anybody can send to a café of their own.</summary>
public sealed class WholePathTests(MilleCafesHost host)
{
    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write"];

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task Somebody_whom_a_partner_knows_applies_confirms_meets_everybody_and_takes_up_their_post()
    {
        var commune = host.NextInseeCode();
        var offer = await OfferAsync(Team, commune);
        using var mairie = await Writer.OfAsync(host, new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = commune }, commune);
        using var partner = await Writer.OfAsync(host, new { name = "Emplois ruraux", kind = "partner", scopes = Scopes });
        var email = NextEmail();
        var sent = await partner.Client.SentAsync(email, offer);

        // The letter of their own becomes part of the one that the partner sent
        await host.Mails.ToAsync(email, 1);
        var (id, _) = await ConfirmedAsync(host, email, offer, mails: 1);
        Assert.Equal(sent, id);
        await StandsAsync(partner, id, "received");
        await Team.ActAsync(id, "study", new { reason = "Dossier complet." }).DoneAsync();
        await StandsAsync(partner, id, "studied");

        var interview = await MadeAsync(Candidates.Interviews, new { candidatureId = id, slots = new[] { Candidates.Slot(-2), Candidates.Slot(24) }, interviewerId = await host.ColleagueAsync() });
        var slot = (await Team.ReadAsync(interview))["slots"]![0]!["id"].Text();
        await Team.DoneAsync($"{interview}/choice", new { slotId = slot });
        Assert.Equal(slot, (await Team.DoneAsync($"{interview}/completion", new { summary = "Veut reprendre le bar." }))["chosenSlotId"].Text());
        await StandsAsync(partner, id, "interview");

        var today = TimeProvider.System.Today();
        var immersion = await MadeAsync(Candidates.Immersions, new { candidatureId = id, hostCafeId = await Team.HostCafeAsync(), firstDay = today, lastDay = today });
        await Team.DoneAsync($"{immersion}/host-feedback", new { text = "À l'aise au comptoir" });
        await Team.DoneAsync($"{immersion}/candidate-feedback", new { text = "L'accueil donne envie" });
        await Team.DoneAsync($"{immersion}/completion");
        await StandsAsync(partner, id, "immersion");

        Assert.Empty((await mairie.Client.ReadAsync(Candidates.Presentations))["items"]!.AsArray());
        var presentation = await MadeAsync(Candidates.Presentations, new { candidatureId = id, message = "Très à l'écoute" });
        var shown = Assert.Single((await mairie.Client.ReadAsync(Candidates.Presentations))["items"]!.AsArray())!;
        Assert.Equal(presentation, $"{Candidates.Presentations}/{shown["id"].Text()}");
        await Team.RefusedAsync($"{Candidatures}/{id}/selection", null, HttpStatusCode.Conflict, "recruitment.mairie_has_not_said_yes");
        await mairie.Client.DoneAsync($"{presentation}/answers", new { answer = "yes", reason = "Le conseil l'a rencontrée." });
        await StandsAsync(partner, id, "presented");

        await Team.DoneAsync($"{Candidatures}/{id}/selection");
        await StandsAsync(partner, id, "retained");
        await Team.ActAsync(id, "training").DoneAsync();
        await StandsAsync(partner, id, "trained");
        await host.TrackAsync(() => Team.ActAsync(id, "installation", new { startsOn = "2027-04-01" }).DoneAsync());
        await StandsAsync(partner, id, "inPost");

        await EndAsync(id, commune, offer, partner);
    }

    private async Task EndAsync(string id, string commune, string offer, Writer partner)
    {
        var shown = await Team.ReadAsync($"{Candidatures}/{id}");
        Assert.Equal((offer, commune, "2027-04-01"), (shown["installation"]!["offerId"].Text(), shown["installation"]!["inseeCode"].Text(), shown["installation"]!["startsOn"].Text()));
        Assert.Equal(["received", "studied", "interview", "immersion", "presented", "retained", "trained", "inPost"], shown["stages"]!.AsArray().Select(change => change!["to"].Text()));

        var filled = await Team.ReadAsync($"/v1/recruitment/gerance-offers/{offer}");
        Assert.Equal(("filled", id), (filled["status"].Text(), filled["filledBy"].Text()));
        using var gone = await host.Anonymous.GetAsync(new Uri($"/v1/recruitment/open-offers/{offer}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);

        var funnel = await Team.ReadAsync($"{Candidatures}/funnel?source={partner.Id}");
        Assert.Equal(
            [.. Enumerable.Repeat("1 0 1", 7), "1 1 0"],
            funnel["stages"]!.AsArray().Select(stage => $"{stage!["reached"]} {stage["now"]} {stage["wentOn"]}"));
        var source = Assert.Single((await Team.ReadAsync($"/v1/recruitment/gerance-offers/sources?offerId={offer}"))["sources"]!.AsArray())!;
        Assert.Equal(($"{partner.Id}", 1, 1), (source["clientId"].Text(), source["candidatures"]!.GetValue<int>(), source["inPost"]!.GetValue<int>()));

        foreach (var type in new[] { "recruitment.gerant.selected", "recruitment.gerant.in-post" })
        {
            var told = await Team.ReadAsync($"/v1/webhooks/events?type={type}&limit=200");
            Assert.Single(told["items"]!.AsArray(), one => one!.ToJsonString().Contains(id, StringComparison.Ordinal));
        }
    }

    // As the partner reads it back, without the person
    private static async Task StandsAsync(Writer partner, string id, string stage)
    {
        var read = await partner.Client.ReadAsync($"{Candidatures}/{id}");
        Assert.Equal((stage, null), (read["stage"].Text(), read["applicant"]));
    }

    private async Task<string> MadeAsync(string address, object body) => $"{address}/{await Team.CreatedAsync(address, body)}";
}
