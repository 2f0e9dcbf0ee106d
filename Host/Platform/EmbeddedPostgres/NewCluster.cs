namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>Makes a cluster so that a host killed in the middle leaves nothing half-made: initdb works aside, its result is moved in.</summary>
internal static class NewCluster
{
    public const string Complete = "millecafes.new";
    private const string Unfinished = "millecafes.initdb";
    private const string Version = "PG_VERSION";

    public static async Task MakeAsync(
        DataDirectory data, PostgresBinaries binaries, ServerAccount account, EmbeddedDatabaseOptions options, CancellationToken cancellationToken)
    {
        var complete = data.In(Complete);
        if (!Directory.Exists(complete))
        {
            await InitializeAsync(data, binaries, account, options, cancellationToken);
            Directory.Move(data.In(Unfinished), complete);
        }

        // PG_VERSION goes last: it says that the directory is whole
        foreach (var entry in Directory.EnumerateFileSystemEntries(complete).OrderBy(entry => Path.GetFileName(entry) == Version).ToArray())
        {
            Directory.Move(entry, data.In(Path.GetFileName(entry)));
        }

        Directory.Delete(complete);
    }

    private static async Task InitializeAsync(
        DataDirectory data, PostgresBinaries binaries, ServerAccount account, EmbeddedDatabaseOptions options, CancellationToken cancellationToken)
    {
        var unfinished = data.In(Unfinished);
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // The only way in is a socket that no other user can reach: see SocketDirectory
        List<string> arguments =
        [
            "--pgdata", unfinished, "--username", PostgresServer.Superuser, "--encoding", "UTF8", "--locale", "C.UTF-8", "--lc-messages", "C",
            "--auth-local", "trust", "--auth-host", "reject", "--data-checksums",
        ];
        if (options.Throwaway)
        {
            arguments.Add("--no-sync");
        }

        var run = await account.RunAsync(binaries.Initdb, arguments, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (!run.Succeeded)
        {
            throw new PostgresUnavailableException(
                $"PostgreSQL could not make its files in {data.Path} ({run.LastWords}): correct this, or give another directory with --data");
        }

        await File.AppendAllTextAsync(
            Path.Combine(unfinished, "postgresql.conf"), $"\ninclude_if_exists = '{Path.GetFileName(data.SettingsFile)}'\n", cancellationToken);
    }
}
