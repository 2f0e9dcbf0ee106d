using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>A host café whose client is another one.</summary>
public sealed class HostClientTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task Whoever_holds_the_café_reads_whom_it_receives_and_tells_of_it_and_whoever_held_it_no_more()
    {
        using var former = await GerantAsync();
        using var next = await GerantAsync();
        var cafe = await Team.HostCafeAsync(capacity: 2, client: former.Id);
        var (booked, over) = (await BookedAsync(cafe), await BookedAsync(cafe));
        await former.Client.DoneAsync($"{Immersions}/{over}/host-feedback", new { text = "À l'aise au comptoir" });
        await Team.DoneAsync($"{Immersions}/{over}/completion");

        using var changed = await Team.PutAsync(
            $"{HostCafes}/{cafe}", System.Net.Http.Json.JsonContent.Create(new { name = "Le café de Sénergues", inseeCode = "12268", capacityPerDay = 2, clientId = next.Id }), TestContext.Current.CancellationToken);
        await changed.ReadAsync(HttpStatusCode.OK);

        Assert.Equal([over], await IdsAsync(former.Client));
        Assert.Equal([booked], await IdsAsync(next.Client));
        await former.Client.RefusedAsync($"{Immersions}/{booked}/host-feedback", new { text = "Encore" }, HttpStatusCode.NotFound, "recruitment.immersion_unknown");
        await next.Client.DoneAsync($"{Immersions}/{booked}/host-feedback", new { text = "À l'aise" });
    }

    private Task<Writer> GerantAsync() =>
        Writer.OfAsync(host, new { name = "Gérante", kind = "gerant", scopes = new[] { "recruitment:read", "recruitment:write" }, cafes = new[] { Guid.CreateVersion7() } });

    private async Task<string> BookedAsync(Guid cafe)
    {
        using var booked = await Team.BookAsync(Guid.Parse(await GerantPath.AtAsync(Team, "interview")), cafe, inDays: 0);
        return (await booked.ReadAsync(HttpStatusCode.Created))["id"].Text();
    }

    private static async Task<IEnumerable<string>> IdsAsync(HttpClient http) => (await http.ReadAsync(Immersions))["items"]!.AsArray().Select(one => one!["id"].Text());
}
