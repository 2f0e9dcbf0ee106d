using MilleCafes.Host.Platform.EmbeddedPostgres;
using MilleCafes.Testing;
using Npgsql;

namespace MilleCafes.Benchmarks;

/// <summary>
/// A PostgreSQL of its own with the host's settings, not the tests': a commit is on the disk before it is answered. It counts its statements.
/// </summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private readonly ThrowawayDirectory directory;
    private readonly EmbeddedDatabase server;

    private BenchmarkServer(ThrowawayDirectory directory, EmbeddedDatabase server)
    {
        this.directory = directory;
        this.server = server;
        Database = NpgsqlDataSource.Create(server.ConnectionString);
    }

    /// <summary>Made as the host makes it: both sides of a comparison share it, and so its pool and its settings.</summary>
    public NpgsqlDataSource Database { get; }

    public string ConnectionString => server.ConnectionString;

    public static async Task<BenchmarkServer> StartAsync()
    {
        var directory = await PrepareDirectoryAsync();
        var server = await EmbeddedDatabase.StartAsync(new EmbeddedDatabaseOptions(directory.Path), TextWriter.Null, CancellationToken.None);
        var started = new BenchmarkServer(directory, server);
        await started.ExecuteAsync("create extension pg_stat_statements");
        await started.SayHowItWritesAsync();
        return started;
    }

    /// <summary>A data directory whose server will count its statements.</summary>
    public static async Task<ThrowawayDirectory> PrepareDirectoryAsync()
    {
        await ThrowawayDirectory.RemoveAbandonedAsync();
        var directory = new ThrowawayDirectory();
        await ClusterTemplate.CopyToAsync(directory.Path);
        await File.AppendAllTextAsync(Path.Combine(directory.Path, "postgresql.auto.conf"), "shared_preload_libraries = 'pg_stat_statements'\n");
        return directory;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string from)
    {
        await using var command = Database.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The statements that the server saw while the action ran, as it normalises them.</summary>
    public async Task<IReadOnlyList<string>> StatementsOfAsync(Func<Task> action)
    {
        await ExecuteAsync("select pg_stat_statements_reset()");
        await action();
        await using var command = Database.CreateCommand(
            "select query from pg_stat_statements where query not ilike '%pg_stat_statements%' and query !~ 'wolverine_nodes' order by query");
        await using var reader = await command.ExecuteReaderAsync();
        var statements = new List<string>();
        while (await reader.ReadAsync())
        {
            statements.Add(reader.GetString(0));
        }

        return statements;
    }

    /// <summary>Rows inserted, updated and deleted since the counters were reset.</summary>
    public async Task<long> ChangesAsync()
    {
        await using var command = Database.CreateCommand("select coalesce(sum(rows), 0)::bigint from pg_stat_statements where query ~* '^(insert|update|delete|with)'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await server.DisposeAsync();
        directory.Dispose();
    }

    private async Task SayHowItWritesAsync()
    {
        await using var command = Database.CreateCommand("select string_agg(name || ' ' || setting, ', ') from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')");
        Console.WriteLine($"PostgreSQL with {await command.ExecuteScalarAsync()}; {Environment.ProcessorCount} processors");
    }
}
