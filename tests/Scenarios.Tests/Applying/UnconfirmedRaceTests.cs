using MilleCafes.Scenarios.Tests.PersonalData;
using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>Somebody stands by a candidature at the very moment at which it is erased because nobody did.</summary>
public sealed class UnconfirmedRaceTests(MilleCafesHost shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("confirmation-by-team")]
    [InlineData("rectification")]
    public async Task What_somebody_stands_by_before_its_erasure_is_stored_is_not_erased(string act)
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (id, other) = (await SubmittedAsync(host), await SubmittedAsync(host));
        await using var standstill = await OverAsync(host, id);

        var acting = ActAsync(host, id, act);
        await standstill.WantedByAsync(1);
        await host.PassHourAsync();
        await standstill.WantedByAsync(2);
        await standstill.EndAsync();

        Assert.Equal(HttpStatusCode.OK, (await acting).StatusCode);
        // Both were to be erased at once: the clash holds up neither
        await Eventually.True(async () => await StatusAsync(host, other) == HttpStatusCode.NotFound, Patience, "the other is erased");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, id));
    }

    [Theory]
    [InlineData("confirmation-by-team")]
    [InlineData("rectification")]
    public async Task What_somebody_stands_by_after_its_erasure_is_stored_does_not_come_back(string act)
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var id = await SubmittedAsync(host);
        await using var standstill = await OverAsync(host, id);

        await host.PassHourAsync();
        await standstill.WantedByAsync(1);
        var acting = ActAsync(host, id, act);
        await standstill.WantedByAsync(2);
        await standstill.EndAsync();

        Assert.Equal("request.changed_meanwhile", (await (await acting).ReadAsync(HttpStatusCode.Conflict))["code"].Text());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, id));
    }

    private static async Task<string> SubmittedAsync(PrivateHost host)
    {
        var email = NextEmail();
        await host.Anybody.PostAsync(Form, FormOf(email)).DoneAsync(HttpStatusCode.Accepted);
        return LinkIn(await host.Mails.ToAsync(email)).Id;
    }

    // Its time is over, and nobody writes it yet
    private static Task<Standstill> OverAsync(PrivateHost host, string id)
    {
        host.Clock.Move(TimeSpan.FromDays(30));
        return Standstill.OfAsync(host.Connection, ("gerantcandidature", id));
    }

    private static Task<HttpResponseMessage> ActAsync(PrivateHost host, string id, string act) =>
        host.Team.ActAsync(id, act, act == "rectification" ? new { applicant = Applicant(NextEmail()), reason = "Au téléphone." } : new { reason = "Au téléphone." });

    private static async Task<HttpStatusCode> StatusAsync(PrivateHost host, string id)
    {
        using var answer = await host.Team.GetAsync(new Uri($"{Candidatures}/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
