using MilleCafes.Host.Platform.EmbeddedPostgres;
using Npgsql;
using Xunit;

namespace MilleCafes.Testing;

/// <summary>
/// A real PostgreSQL for the tests of one process, thrown away with it; <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>.
/// With <c>MILLECAFES_TEST_CONNECTION</c> (a superuser's) the tests make their databases on that server instead.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly List<string> databases = [];
    private readonly string? given = Environment.GetEnvironmentVariable("MILLECAFES_TEST_CONNECTION");
    private ThrowawayDirectory? directory;
    private EmbeddedDatabase? server;

    public async ValueTask InitializeAsync()
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            await ThrowawayDirectory.RemoveAbandonedAsync();
            directory = new ThrowawayDirectory();
            server = await EmbeddedDatabase.StartAsync(
                new EmbeddedDatabaseOptions(directory.Path, Throwaway: true), TextWriter.Null, CancellationToken.None);
        }
    }

    /// <summary>The connection string of a fresh, empty database.</summary>
    public async Task<string> CreateDatabaseAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        name ??= $"test_{Guid.CreateVersion7():n}";
        await ExecuteAsync($"create database \"{name}\"", cancellationToken);
        lock (databases)
        {
            databases.Add(name);
        }

        return new NpgsqlConnectionStringBuilder(Server) { Database = name, Pooling = true, IncludeErrorDetail = true }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is null)
        {
            foreach (var database in databases)
            {
                await ExecuteAsync($"drop database if exists \"{database}\" with (force)", CancellationToken.None);
            }

            return;
        }

        await server.DisposeAsync();
        directory?.Dispose();
    }

    private string Server => server?.ConnectionString ?? given ?? throw new InvalidOperationException($"{nameof(PostgresServer)} has not been started");

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
