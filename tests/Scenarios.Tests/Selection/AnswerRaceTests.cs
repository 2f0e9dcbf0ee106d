using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>A mairie takes its yes back at the very moment at which the team retains the candidate.</summary>
public sealed class AnswerRaceTests(MilleCafesHost host)
{
    // Whoever waits for the test, and whoever waits for them
    private const string Waiting = """
        with recursive waiting as (
            select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))
            union select other.pid from pg_stat_activity other join waiting on waiting.pid = any(pg_blocking_pids(other.pid)))
        select count(*) from waiting
        """;

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_candidate_is_not_retained_after_a_no_though_both_are_said_at_once()
    {
        var token = TestContext.Current.CancellationToken;
        var (candidate, presentation) = await Team.PresentedAsync(await Team.OfferAsync(host.NextInseeCode()));
        await Team.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Oui au téléphone", toldBy = "phone" });

        // Both have read what there is, and neither has written, until the test lets them
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var connection = await database.OpenConnectionAsync(token);
        await using var held = await connection.BeginTransactionAsync(token);
        await RunAsync($"select from recruitment.mt_doc_presentation where id = '{presentation}' for update");
        await RunAsync($"select from recruitment.mt_doc_gerantcandidature where id = '{candidate}' for update");
        var selection = Team.SendAsync($"{Gerants}/{candidate}/selection");
        var refusal = Team.SendAsync($"{Presentations}/{presentation}/answers", new { answer = "no", reason = "Finalement non", toldBy = "phone" });
        await Eventually.True(async () => await RunAsync(Waiting) is 2L, TimeSpan.FromSeconds(20));
        await held.RollbackAsync(token);
        var answers = await Task.WhenAll(selection, refusal);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var answer = (await Team.ReadAsync($"{Presentations}/{presentation}"))["answer"].Text();
        Assert.Contains((await Team.StageAsync(candidate), answer), new[] { ("retained", "yes"), ("presented", "no") });

        async Task<object?> RunAsync(string text)
        {
            await using var command = new NpgsqlCommand(text, connection, held);
            return await command.ExecuteScalarAsync(token);
        }
    }
}
