using System.Net.Http.Json;
using Microsoft.Playwright;
using MilleCafes.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MilleCafes.Explorer.Tests;

/// <summary>What staff do in the explorer, in a real browser.</summary>
public sealed class ExplorerTests(MilleCafesHost host, Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_front_door_opens_on_the_explorer_in_French()
    {
        await using var visit = await browser.VisitAsync(host.Anonymous.BaseAddress!);

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "API de Mille Cafés" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Authentification", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Déposer la candidature d'une commune").First).ToBeVisibleAsync();
        Assert.Equal("/scalar/", new Uri(visit.Page.Url).AbsolutePath);
        AssertQuiet(visit);
    }

    [Fact]
    public async Task A_request_sent_from_the_page_with_a_pasted_key_is_answered()
    {
        var commune = host.NextInseeCode();
        using var submitted = await host.Administrator.PostAsJsonAsync("/v1/recruitment/commune-candidatures", Candidature(commune), TestContext.Current.CancellationToken);
        submitted.EnsureSuccessStatusCode();
        await using var visit = await browser.VisitAsync(host.Anonymous.BaseAddress!);
        var page = visit.Page;

        await page.GetByPlaceholder("Jeton").First.FillAsync(host.AdministratorKey);
        await page.GetByText("Lister les candidatures des communes").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "(get /v1/recruitment/commune-candidatures)" }).First.ClickAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).First.ClickAsync(),
            response => response.Url.Contains("/v1/recruitment/commune-candidatures", StringComparison.Ordinal));

        Assert.Equal(200, answer.Status);
        Assert.Contains(commune, await answer.TextAsync(), StringComparison.Ordinal);
        await Expect(page.GetByText("200 OK")).ToBeVisibleAsync();
        AssertQuiet(visit);
    }

    [Fact]
    public async Task The_explorer_switches_to_English()
    {
        await using var visit = await browser.VisitAsync(host.Anonymous.BaseAddress!);
        var page = visit.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Français" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "English" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mille Cafés API" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Submit the candidature of a commune").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Authentication", new() { Exact = true }).First).ToBeVisibleAsync();
        AssertQuiet(visit);
    }

    private static void AssertQuiet(Visit visit)
    {
        Assert.Empty(visit.Strangers);
        Assert.Empty(visit.Complaints);
    }

    private static object Candidature(string inseeCode) => new
    {
        inseeCode,
        cafeSituation = "none",
        otherShops = 0,
        carriedByMayor = true,
        premises = new { available = true },
        residentsInvolved = true,
        contact = new { name = "Camille Exemple", email = "mairie@example.org" },
    };
}
