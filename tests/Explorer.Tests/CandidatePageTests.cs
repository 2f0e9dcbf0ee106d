using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using MilleCafes.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MilleCafes.Explorer.Tests;

/// <summary>What candidates do on the page that their mails lead to, in a real browser.</summary>
public sealed class CandidatePageTests(MilleCafesHost host, Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_candidate_chooses_their_interview_by_the_button_of_a_slot()
    {
        var interview = await RightSelection.InterviewAsync(host);
        var token = await RightSelection.TokenAsync(host, interview);
        await using var visit = await VisitAsync($"entretien/{interview.Split('/')[^1]}/{token}");
        var page = visit.Page;

        // Of the two slots one has passed
        await Expect(page.GetByText("Choisissez un créneau (heure de Paris)")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Button)).ToContainTextAsync("Mairie");
        await page.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.GetByText("Merci ! Votre entretien est noté")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        var agreed = await host.Administrator.GetFromJsonAsync<JsonElement>(interview, TestContext.Current.CancellationToken);
        Assert.Equal(("agreed", "candidate"), (agreed.GetProperty("status").GetString(), agreed.GetProperty("chosenBy").GetString()));
        Assert.Empty(visit.Complaints);
        Assert.Empty(visit.Strangers);
    }

    [Fact]
    public async Task A_candidate_confirms_by_the_button_and_not_by_opening_the_page()
    {
        var (id, token) = await RightGerants.SubmittedAsync(host, RightGerants.NextEmail());
        await using var visit = await VisitAsync($"confirmation/{id}/{token}");
        await Expect(visit.Page.GetByRole(AriaRole.Button)).ToHaveTextAsync("Confirmer ma candidature");
        Assert.Equal(JsonValueKind.Null, await ConfirmedAtAsync(id));

        await visit.Page.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(visit.Page.GetByText("Merci ! Votre candidature est confirmée.")).ToBeVisibleAsync();
        Assert.Equal(JsonValueKind.String, await ConfirmedAtAsync(id));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Whoever_comes_without_a_link_asks_for_those_to_their_data_by_their_address()
    {
        var email = RightGerants.NextEmail();
        await RightGerants.ConfirmedAsync(host, email);
        await using var visit = await VisitAsync("");

        await visit.Page.GetByLabel("Votre adresse").FillAsync(email);
        await visit.Page.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(visit.Page.GetByText("un mail y part avec les liens")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.Contains("#effacement/", (await host.Mails.ToAsync(email, 3)).Text, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("entretien/018790c4-5b40-7c3b-9a52-3f1f2e8d4c10")]
    [InlineData("toString/018790c4-5b40-7c3b-9a52-3f1f2e8d4c10/token")]
    public async Task A_link_that_is_not_whole_is_told_to_be_so(string opened)
    {
        await using var visit = await VisitAsync(opened);
        await Expect(visit.Page.GetByText("Ce lien n'est pas entier")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    private Task<Visit> VisitAsync(string opened) => browser.VisitAsync(new Uri(host.Anonymous.BaseAddress!, $"/candidature#{opened}"));

    private async Task<JsonValueKind> ConfirmedAtAsync(string id) =>
        (await host.Administrator.GetFromJsonAsync<JsonElement>($"{RightGerants.Candidatures}/{id}", TestContext.Current.CancellationToken)).GetProperty("confirmedAt").ValueKind;
}
