using System.Diagnostics;
using Npgsql;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>
/// The server of one data directory, shared by the hosts that use it: the first starts it, the others join, the last one out stops it.
/// A server left behind by killed hosts is taken over; one that somebody started by hand is used and left running.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string Superuser = "postgres";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DataDirectory data;
    private readonly ServerControl control;
    private readonly IDisposable membership;
    private readonly string socketDirectory;

    private PostgresServer(DataDirectory data, ServerControl control, IDisposable membership, string socketDirectory)
    {
        this.data = data;
        this.control = control;
        this.membership = membership;
        this.socketDirectory = socketDirectory;
    }

    public static async Task<PostgresServer> StartAsync(EmbeddedDatabaseOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var (data, account) = await DataLocation.ChooseAsync(options, output, cancellationToken);
        var binaries = await PostgresBinaries.FindAsync(data, cancellationToken);
        await data.ClaimAsync(account, cancellationToken);
        using var gate = await HostLock.EnterGateAsync(data, cancellationToken);
        var control = new ServerControl(data, binaries, account, options);
        var membership = HostLock.JoinHosts(data);
        try
        {
            var postmaster = await BringUpAsync(data, control, output, cancellationToken);
            return new PostgresServer(data, control, membership, postmaster.SocketDirectory);
        }
        catch
        {
            membership.Dispose();
            throw;
        }
    }

    public string ConnectionStringTo(string database, bool pooling = true) => ConnectionString(socketDirectory, database, pooling);

    public async ValueTask DisposeAsync()
    {
        using var gate = await HostLock.EnterGateAsync(data, CancellationToken.None);
        membership.Dispose();
        if (HostLock.NoHostIsLeft(data) && Postmaster.Find(data) is { } postmaster && control.WasStartedByAHost(postmaster))
        {
            await control.StopAsync();
            SocketDirectory.Remove(data, socketDirectory);
        }
    }

    private static async Task<Postmaster> BringUpAsync(DataDirectory data, ServerControl control, TextWriter output, CancellationToken cancellationToken)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var postmaster = Postmaster.Find(data);
            if (postmaster is null)
            {
                await output.WriteLineAsync(data.Major is null ? $"Creating PostgreSQL’s files in {data.Path}" : $"Starting PostgreSQL on {data.Path}");
                await control.StartAsync(cancellationToken);
            }
            else if (postmaster.IsReady && await AnswersAsync(postmaster, cancellationToken))
            {
                return postmaster;
            }
            else
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }

            if (since.Elapsed > Patience)
            {
                throw new PostgresUnavailableException(
                    $"PostgreSQL on {data.Path} has not answered for {Patience.TotalSeconds:0} seconds: see {data.LogDirectory}, then try again");
            }
        }
    }

    // A server that is stopping still calls itself ready for a moment
    private static async Task<bool> AnswersAsync(Postmaster postmaster, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(postmaster.SocketDirectory, "postgres", pooling: false));
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string ConnectionString(string socketDirectory, string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = socketDirectory,
        Username = Superuser,
        Database = database,
        Pooling = pooling,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;
}
