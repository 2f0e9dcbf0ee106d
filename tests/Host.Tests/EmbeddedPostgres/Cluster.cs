using System.Globalization;
using MilleCafes.Host.Platform.EmbeddedPostgres;
using MilleCafes.Testing;
using Npgsql;

namespace MilleCafes.Host.Tests.EmbeddedPostgres;

/// <summary>A data directory to be started, joined and broken.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly ThrowawayDirectory directory = new();
    private readonly string? path;

    public Cluster(string? below = null) => path = below is null ? null : System.IO.Path.Combine(directory.Path, below);

    public string Path => path ?? directory.Path;

    public DataDirectory Data => new(Path);

    /// <summary>The number of the server's process; null when none runs.</summary>
    public int? Postmaster => Host.Platform.EmbeddedPostgres.Postmaster.Find(Data)?.ProcessId;

    public Task<EmbeddedDatabase> StartAsync(bool lasting = false) =>
        EmbeddedDatabase.StartAsync(new EmbeddedDatabaseOptions(Path, Throwaway: !lasting), TextWriter.Null, CancellationToken.None);

    public async Task<string> RefusalAsync() =>
        (await Xunit.Assert.ThrowsAsync<PostgresUnavailableException>(async () => await (await StartAsync()).DisposeAsync())).Message;

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(Data.In(name), text);
    }

    /// <summary>As a host leaves it that was started by root.</summary>
    public async Task GiveToServerAsync(string name) =>
        await (await ServerAccount.ForAsync(existingData: null, CancellationToken.None)).OwnAsync(Data.In(name), CancellationToken.None);

    public static async Task<string> QueryAsync(EmbeddedDatabase database, string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? "";
    }

    public void Dispose() => directory.Dispose();
}
