using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests;

/// <summary>Looking a commune up, as a partner without a key does.</summary>
public sealed class CommuneSearchTests(MilleCafesHost host)
{
    private const string Communes = "/v1/reference/communes";

    [Fact]
    public async Task A_name_that_is_not_official_is_answered_with_the_closest_ones_and_with_no_match()
    {
        var found = await host.Anonymous.ReadAsync($"{Communes}?search=Bouloges&departement=10");
        Assert.Empty(found["items"]!.AsArray());
        Assert.Null(found["next"]);
        Assert.Equal("Boulages", found["suggestions"]![0]!["name"].Text());
        Assert.All(found["suggestions"]!.AsArray(), close => Assert.Equal("10", close!["departement"].Text()));
    }

    [Theory]
    [InlineData("?search=mezieres sous lavardin&departement=72", "72197")]
    [InlineData("?search=DOMPIERRE-LES-EGLISES", "87057")]
    [InlineData("?search=Saint-Martin d'Oydes", "09270")]
    [InlineData("?search=12268", "12268")]
    public async Task A_name_that_is_found_needs_no_suggestion(string query, string inseeCode)
    {
        var found = await host.Anonymous.ReadAsync(Communes + query);
        Assert.Equal(inseeCode, found["items"]![0]!["inseeCode"].Text());
        Assert.Empty(found["suggestions"]!.AsArray());
    }

    [Fact]
    public async Task A_search_that_is_narrowed_to_nothing_by_its_page_suggests_nothing()
    {
        var last = (await host.Anonymous.ReadAsync($"{Communes}?search=Tiranges"))["items"]![0]!["inseeCode"].Text();
        var after = await host.Anonymous.ReadAsync($"{Communes}?search=Tiranges&after={last}");
        Assert.Empty(after["items"]!.AsArray());
        Assert.Empty(after["suggestions"]!.AsArray());
    }
}
