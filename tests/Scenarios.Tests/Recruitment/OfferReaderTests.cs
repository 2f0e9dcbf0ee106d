using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.OffersAndCafes;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>Who reads what of an offer, beside what anybody can.</summary>
public sealed class OfferReaderTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_mairie_reads_the_offers_of_its_commune_and_what_was_said_of_no_other()
    {
        var (own, other) = (host.NextInseeCode(), host.NextInseeCode());
        using var mairie = host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes = new[] { "recruitment:read" }, inseeCode = own })).Key);
        var (its, others) = (await PublishedAsync(Team, own), await PublishedAsync(Team, other));

        Assert.Equal([its], await IdsAsync(mairie, $"{Offers}?inseeCode={own}"));
        Assert.Empty(await IdsAsync(mairie, $"{Offers}?inseeCode={other}"));
        using var hidden = await mairie.GetAsync($"{Offers}/{others}", TestContext.Current.CancellationToken);
        Assert.Equal("recruitment.gerance_offer_unknown", (await hidden.ReadAsync(HttpStatusCode.NotFound))["code"].Text());
        Assert.Equal(others, (await mairie.ReadAsync($"{Open}/{others}"))["id"].Text());
    }

    [Fact]
    public async Task Why_an_offer_ended_may_speak_of_somebody_and_is_read_by_those_who_may_read_of_persons()
    {
        using var discreet = host.With((await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes = new[] { "recruitment:read" } })).Key);
        var offer = await PublishedAsync(Team, host.NextInseeCode());
        await DoneAsync(Team, $"{Offers}/{offer}/withdrawal", new() { ["reason"] = "Désistement" });

        Assert.Equal("Désistement", (await Team.ReadAsync($"{Offers}/{offer}"))["history"]![2]!["reason"].Text());
        Assert.Null((await discreet.ReadAsync($"{Offers}/{offer}"))["history"]![2]!["reason"]);
    }

    private static async Task<IEnumerable<string>> IdsAsync(HttpClient http, string address) => (await http.ReadAsync(address))["items"]!.AsArray().Select(item => item!["id"].Text());
}
