using Npgsql;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>The PostgreSQL that the host works with: the one it was given, or its own, which stops with the last host using it.</summary>
public sealed class EmbeddedDatabase : IAsyncDisposable
{
    private const string DatabaseName = "millecafes";

    private readonly PostgresServer? server;

    private EmbeddedDatabase(string connectionString, PostgresServer? server)
    {
        ConnectionString = connectionString;
        this.server = server;
    }

    /// <summary>A superuser's connection to the database of the application.</summary>
    public string ConnectionString { get; }

    /// <summary>Takes the server named by <c>ConnectionStrings:MilleCafes</c>, or starts, adopts or joins the embedded one.</summary>
    /// <exception cref="PostgresUnavailableException">There is none to be had; its message is for the terminal.</exception>
    public static async Task<EmbeddedDatabase> StartUnlessGivenAsync(
        IConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("MilleCafes") is { } given && !string.IsNullOrWhiteSpace(given))
        {
            await GivenServer.CheckAsync(given, cancellationToken);
            return new EmbeddedDatabase(given, server: null);
        }

        return await StartAsync(new EmbeddedDatabaseOptions(configuration["Postgres:DataDirectory"]), output, cancellationToken);
    }

    /// <summary>Starts, adopts or joins the server of a data directory, which is created when it is missing.</summary>
    /// <exception cref="PostgresUnavailableException">It cannot be; its message is for the terminal.</exception>
    public static async Task<EmbeddedDatabase> StartAsync(
        EmbeddedDatabaseOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var server = await PostgresServer.StartAsync(options, output, cancellationToken);
        try
        {
            var connectionString = server.ConnectionStringTo(DatabaseName);
            await CreateDatabaseAsync(server, cancellationToken);
            return new EmbeddedDatabase(connectionString, server);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task CreateDatabaseAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionStringTo("postgres", pooling: false));
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        exists.Parameters.AddWithValue(DatabaseName);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
        {
            return;
        }

        await using var create = new NpgsqlCommand($"create database {DatabaseName}", connection);
        try
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another host on the same directory was faster
        }
    }
}
