using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests;

/// <summary>What the host answers while its database is away, and that it comes back by itself.</summary>
public sealed class OutageTests(MilleCafesHost neighbour)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Without_its_database_the_host_lives_says_what_is_missing_and_comes_back()
    {
        var token = TestContext.Current.CancellationToken;
        var connection = await neighbour.CreateDatabaseAsync();
        using var host = HostProcess.Start("--port", "0", "--connection", connection);
        using var http = Clients.Of(await host.AddressAsync(token));
        await Eventually.True(() => Task.FromResult(AdministratorKeys.In(host.Output) is not null), Patience);
        http.DefaultRequestHeaders.Authorization = new("Bearer", AdministratorKeys.In(host.Output));

        await CloseAsync(connection, closed: true);
        await Eventually.True(async () => (await http.GetAsync(Candidatures, token)).StatusCode == HttpStatusCode.ServiceUnavailable, Patience);
        using var refusal = await http.GetAsync(Candidatures, token);
        Assert.Equal("internal.database_unavailable", (await refusal.ReadAsync(HttpStatusCode.ServiceUnavailable))["code"].Text());
        Assert.Equal(TimeSpan.FromSeconds(5), refusal.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live", token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v1/reference/communes?search=senergues", token)).StatusCode);
        using var ready = await http.GetAsync("/health/ready", token);
        Assert.Equal("unhealthy", (await ready.ReadAsync(HttpStatusCode.ServiceUnavailable))["parts"]!["database"].Text());

        await CloseAsync(connection, closed: false);
        await Eventually.True(async () => (await http.GetAsync("/health/ready", token)).IsSuccessStatusCode, Patience);
        await http.SubmittedAsync(Letter(neighbour.NextInseeCode()));
    }

    /// <summary>Cuts every connection to the database and lets no new one in, or opens it again.</summary>
    private static async Task CloseAsync(string connection, bool closed)
    {
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", Pooling = false }.ConnectionString);
        await using var command = server.CreateCommand($"alter database \"{name}\" with allow_connections {!closed}");
        await command.ExecuteNonQueryAsync();
        await using var cut = server.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1");
        cut.Parameters.AddWithValue(name!);
        await cut.ExecuteNonQueryAsync();
    }
}
