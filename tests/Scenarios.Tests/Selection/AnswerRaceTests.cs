using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>A mairie takes its yes back at the very moment at which the team retains the candidate.</summary>
public sealed class AnswerRaceTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_candidate_is_not_retained_after_a_no_though_both_are_said_at_once()
    {
        var (candidate, presentation) = await Team.PresentedAsync(await Team.OfferAsync(host.NextInseeCode()));
        await Team.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Oui au téléphone", toldBy = "phone" });

        await using var standstill = await Standstill.OfAsync(host, ("presentation", presentation), ("gerantcandidature", candidate));
        var selection = Team.SendAsync($"{Gerants}/{candidate}/selection");
        var refusal = Team.SendAsync($"{Presentations}/{presentation}/answers", new { answer = "no", reason = "Finalement non", toldBy = "phone" });
        await standstill.WantedByAsync(2);
        await standstill.EndAsync();
        var answers = await Task.WhenAll(selection, refusal);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var answer = (await Team.ReadAsync($"{Presentations}/{presentation}"))["answer"].Text();
        Assert.Contains((await Team.StageAsync(candidate), answer), new[] { ("retained", "yes"), ("presented", "no") });
    }
}
