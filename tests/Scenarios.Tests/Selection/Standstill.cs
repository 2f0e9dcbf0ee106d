using MilleCafes.Testing;
using Npgsql;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Rows that nobody writes until the test lets them: all who want to have read what there is by then, and none has written.</summary>
internal sealed class Standstill : IAsyncDisposable
{
    // Whoever waits for the test, and whoever waits for them
    private const string Waiting = """
        with recursive waiting as (
            select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))
            union select other.pid from pg_stat_activity other join waiting on waiting.pid = any(pg_blocking_pids(other.pid)))
        select count(*) from waiting
        """;

    private readonly NpgsqlDataSource database;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction held;

    private Standstill(NpgsqlDataSource database, NpgsqlConnection connection, NpgsqlTransaction held) => (this.database, this.connection, this.held) = (database, connection, held);

    /// <summary>Of these rows, each by the name of its document, and its id.</summary>
    public static Task<Standstill> OfAsync(MilleCafesHost host, params (string Document, object Id)[] rows) => OfAsync(host.Connection, rows);

    public static async Task<Standstill> OfAsync(string databaseOf, params (string Document, object Id)[] rows)
    {
        var database = NpgsqlDataSource.Create(databaseOf);
        var connection = await database.OpenConnectionAsync();
        var standstill = new Standstill(database, connection, await connection.BeginTransactionAsync());
        foreach (var (document, id) in rows)
        {
            await standstill.RunAsync($"select from recruitment.mt_doc_{document} where id = '{id}' for update");
        }

        return standstill;
    }

    /// <summary>Returns as soon as so many want to write.</summary>
    public Task WantedByAsync(long count) => Eventually.True(async () => await RunAsync(Waiting) is long waiting && waiting == count, TimeSpan.FromSeconds(20), $"{count} wait");

    public Task EndAsync() => held.RollbackAsync();

    public async ValueTask DisposeAsync()
    {
        await held.DisposeAsync();
        await connection.DisposeAsync();
        await database.DisposeAsync();
    }

    private async Task<object?> RunAsync(string text)
    {
        await using var command = new NpgsqlCommand(text, connection, held);
        return await command.ExecuteScalarAsync();
    }
}
