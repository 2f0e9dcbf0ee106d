using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Operations;

/// <summary>What a load balancer and a person on call can ask.</summary>
public sealed class HealthTests(MilleCafesHost neighbour)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_serves_says_that_every_part_does_and_how_much_waits()
    {
        using var host = await StartedHost.OfAsync(neighbour, "--Webhooks:RetryDelays:0=01:00:00");
        await using var refusing = await WebhookReceiver.AnsweringAsync(500);
        await host.AcceptAsync(neighbour.NextInseeCode(), refusing, ActivityTraceId.CreateRandom().ToHexString());
        await host.ExecuteAsync(
            """
            insert into wolverine.wolverine_dead_letters (id, body, message_type) values (gen_random_uuid(), '', 'x'), (gen_random_uuid(), '', 'y');
            """);
        await Eventually.True(async () => (await ReadyAsync(host)).GetProperty("figures").ToString() is var figures
            && figures.Contains("\"deadLetters\":2", StringComparison.Ordinal) && figures.Contains("\"webhooksWaiting\":2", StringComparison.Ordinal), Patience);

        var ready = await ReadyAsync(host);

        Assert.Equal("""{"database":"healthy","messages":"healthy","webhooks":"healthy"}""", ready.GetProperty("parts").ToString());
        Assert.Equal("healthy", ready.GetProperty("status").GetString());
        Assert.Equal(0, ready.GetProperty("figures").GetProperty("webhooksLate").GetInt32());
        Assert.InRange(ready.GetProperty("figures").GetProperty("heartbeatSeconds").GetDouble(), 0, 10);
        await Eventually.True(async () =>
        {
            // Again each time: the first attempt's outcome may be written after it
            await host.ExecuteAsync("""update webhooks.mt_doc_webhookdelivery set data = jsonb_set(data, '{nextAttemptAt}', '"2023-04-03T09:00:00Z"')""");
            return (await ReadyAsync(host)).GetProperty("figures").GetProperty("webhooksLate").GetInt32() == 2;
        }, Patience);
    }

    [Fact]
    public async Task Ten_thousand_deliveries_stand_for_more()
    {
        using var host = await StartedHost.OfAsync(neighbour);
        await host.ExecuteAsync(
            """
            insert into webhooks.mt_doc_webhookdelivery (id, data, mt_dotnet_type, mt_version)
            select id, jsonb_build_object('id', id, 'revision', 1, 'status', 'Pending', 'nextAttemptAt', '2123-04-03T09:00:00Z'), 'x', 1 from (select gen_random_uuid() id from generate_series(1, 10001)) made
            """);

        Assert.Equal((10_000, 0), await FiguresAsync());
        await host.ExecuteAsync("""update webhooks.mt_doc_webhookdelivery set data = jsonb_set(data, '{nextAttemptAt}', '"2023-04-03T09:00:00Z"')""");
        await Eventually.True(async () => await FiguresAsync() == (10_000, 10_000), Patience);

        async Task<(int, int)> FiguresAsync() =>
            (await ReadyAsync(host)).GetProperty("figures") is var figures ? (figures.GetProperty("webhooksWaiting").GetInt32(), figures.GetProperty("webhooksLate").GetInt32()) : default;
    }

    [Theory]
    [InlineData("drop table webhooks.mt_doc_webhookdelivery cascade", "webhooks")]
    [InlineData("delete from wolverine.wolverine_nodes", "messages")]
    [InlineData("alter table wolverine.wolverine_dead_letters rename to lost", "messages")]
    public async Task The_part_that_is_missing_is_named_and_nothing_more(string mishap, string missing)
    {
        using var host = await StartedHost.OfAsync(neighbour);
        await host.ExecuteAsync(mishap);

        await Eventually.True(async () => (await host.Administrator.GetAsync("/health/ready", Token)).StatusCode == HttpStatusCode.ServiceUnavailable, Patience);

        var ready = await ReadyAsync(host);
        Assert.Equal("unhealthy", ready.GetProperty("status").GetString());
        Assert.Equal([missing], ready.GetProperty("parts").EnumerateObject().Where(part => part.Value.GetString() != "healthy").Select(part => part.Name));
        Assert.Equal(["status", "parts", "figures"], ready.EnumerateObject().Select(member => member.Name));
        Assert.All(ready.GetProperty("figures").EnumerateObject(), figure => Assert.Equal(JsonValueKind.Number, figure.Value.ValueKind));
        Assert.Equal("""{"status":"healthy"}""", await host.Administrator.GetStringAsync("/health/live", Token));
    }

    [Fact]
    public async Task A_heart_that_no_longer_beats_is_noticed_and_a_question_that_is_not_answered_is_given_up()
    {
        using var host = await StartedHost.OfAsync(neighbour);
        Assert.Equal("healthy", (await ReadyAsync(host)).GetProperty("status").GetString());
        await using var connection = new NpgsqlConnection(host.Connection);
        await connection.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var locks = new NpgsqlCommand("lock table wolverine.wolverine_nodes in access exclusive mode", connection, transaction);
        await locks.ExecuteNonQueryAsync(Token);

        var started = TimeProvider.System.GetTimestamp();
        await Eventually.True(async () => (await ReadyAsync(host)).GetProperty("parts").GetProperty("messages").GetString() == "unhealthy", Patience);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal("healthy", (await ReadyAsync(host)).GetProperty("parts").GetProperty("database").GetString());

        await transaction.RollbackAsync(Token);
        await Eventually.True(async () => (await ReadyAsync(host)).GetProperty("status").GetString() == "healthy", Patience);
        // Reads go on, and what the heart does is held back
        await using var second = await connection.BeginTransactionAsync(Token);
        await using var quiet = new NpgsqlCommand("lock table wolverine.wolverine_nodes in exclusive mode", connection, second);
        await quiet.ExecuteNonQueryAsync(Token);
        await Eventually.True(async () => (await ReadyAsync(host)) is var ready && ready.GetProperty("parts").GetProperty("messages").GetString() == "unhealthy"
            && ready.GetProperty("figures").GetProperty("heartbeatSeconds").GetDouble() > 10, Patience);
    }

    [Fact]
    public async Task Many_questions_at_once_are_one_to_the_database()
    {
        using var host = await StartedHost.OfAsync(neighbour);
        await ReadyAsync(host);
        const string asked = "select coalesce(sum(seq_scan), 0) from pg_stat_user_tables where relname = 'wolverine_dead_letters'";
        var started = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, 300), Token, async (_, _) => await ReadyAsync(host));
        var most = 3 + (int)TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        // Statistics come late, and only when the connection has nothing else to do
        await Eventually.True(async () => await host.ValueAsync<decimal>(asked) > 0, Patience);
        Assert.InRange(await host.ValueAsync<decimal>(asked), 1, most);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Both_answer_without_a_key_to_HEAD_too_and_are_kept_by_nobody(string path)
    {
        using var answer = await neighbour.Anonymous.SendAsync(new(HttpMethod.Head, path), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    private static async Task<JsonElement> ReadyAsync(StartedHost host)
    {
        using var answer = await host.Administrator.GetAsync("/health/ready", Token);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token));
    }
}
