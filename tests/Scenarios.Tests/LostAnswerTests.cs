using System.Net.Http.Json;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests;

/// <summary>A host that dies while it answers: who asks again under the same <c>Idempotency-Key</c> is not served twice.</summary>
public sealed class LostAnswerTests(MilleCafesHost neighbour)
{
    private const string Stored = "select count(*) from recruitment.mt_doc_communecandidature";
    private const string Waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string key = $"{Guid.CreateVersion7()}";
    private string? administrator;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_after_the_act_it_says_that_the_act_was_done()
    {
        await using var database = await KillAsync("before update on platform.idempotency_keys for each row when (new.answer is not null)", stored: 1);
        using var survivor = await HostAsync(database);

        using var atOnce = await SubmitAsync(survivor.Http);
        Assert.Equal("request.idempotency_key_in_flight", (await atOnce.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
        await AgeAsync(database);
        using var later = await SubmitAsync(survivor.Http);
        Assert.Equal("request.idempotency_answer_lost", (await later.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
        Assert.Equal(1L, await database.ValueAsync<long>(Stored));
    }

    [Fact]
    public async Task Killed_before_the_act_it_acts_when_asked_again()
    {
        await using var database = await KillAsync("before insert on recruitment.mt_doc_communecandidature for each row", stored: 0);
        using var survivor = await HostAsync(database);

        using var atOnce = await SubmitAsync(survivor.Http);
        Assert.Equal("request.idempotency_key_in_flight", (await atOnce.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
        await AgeAsync(database);
        using var later = await SubmitAsync(survivor.Http);
        await later.ReadAsync(HttpStatusCode.Created);
        using var again = await SubmitAsync(survivor.Http);
        await again.ReadAsync(HttpStatusCode.Created);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotent-Replayed")));
        Assert.Equal(1L, await database.ValueAsync<long>(Stored));
    }

    /// <summary>Submits a candidature to a host that is held up at some point of the act, and killed there.</summary>
    /// <param name="moment">When the host is held up: the event of a trigger.</param>
    private async Task<NpgsqlDataSource> KillAsync(string moment, long stored)
    {
        var database = NpgsqlDataSource.Create(await neighbour.CreateDatabaseAsync());
        using var mortal = await HostAsync(database);
        await ExecuteAsync(database, $"""
            create function public.wait() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(1); return new; end';
            create trigger held_up {moment} execute function public.wait();
            """);
        await using var connection = await database.OpenConnectionAsync(Token);
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(1)", connection);
        await hold.ExecuteNonQueryAsync(Token);

        var asked = SubmitAsync(mortal.Http);
        await Eventually.True(async () => await database.ValueAsync<long>(Waiting) == 1, Patience);
        Assert.Equal(stored, await database.ValueAsync<long>(Stored));
        await mortal.Process.KillAsync(Token);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => asked);
        await ExecuteAsync(database, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted");
        await Eventually.True(async () => await database.ValueAsync<long>(Waiting) == 0, Patience);
        await ExecuteAsync(database, "drop function public.wait cascade");
        return database;
    }

    private async Task<Running> HostAsync(NpgsqlDataSource database)
    {
        var process = HostProcess.Start("--port", "0", "--connection", database.ConnectionString);
        var http = Clients.Of(await process.AddressAsync(Token));
        // Told by the first start only
        await Eventually.True(() => Task.FromResult((administrator ??= AdministratorKeys.In(process.Output)) is not null), Patience);
        http.DefaultRequestHeaders.Authorization = new("Bearer", administrator);
        return new(process, http);
    }

    private Task<HttpResponseMessage> SubmitAsync(HttpClient http)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Candidatures) { Content = JsonContent.Create(Letter("80001")) };
        request.Headers.Add("Idempotency-Key", key);
        return http.SendAsync(request, Token);
    }

    /// <summary>The time that an act can take has passed.</summary>
    private static Task AgeAsync(NpgsqlDataSource database) => ExecuteAsync(database, "update platform.idempotency_keys set claimed_at = claimed_at - interval '1 minute'");

    private static async Task ExecuteAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }

    private sealed record Running(HostProcess Process, HttpClient Http) : IDisposable
    {
        public void Dispose()
        {
            Http.Dispose();
            Process.Dispose();
        }
    }
}
