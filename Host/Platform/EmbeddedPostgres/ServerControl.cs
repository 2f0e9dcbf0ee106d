namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>Starts and stops the server of one data directory, in a session of its own, so that Ctrl-C reaches the host alone.</summary>
internal sealed class ServerControl(DataDirectory data, PostgresBinaries binaries, ServerAccount account, EmbeddedDatabaseOptions options)
{
    private const string PatienceSeconds = "60";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        data.RequireRoom();
        data.RequireOurs();
        if (data.Major is null)
        {
            await NewCluster.MakeAsync(data, binaries, account, options, cancellationToken);
        }

        var socketDirectory = await SocketDirectory.PrepareAsync(data, account, cancellationToken);
        await ServerSettings.WriteAsync(data, socketDirectory, options, cancellationToken);
        File.Delete(data.StartLog);
        var run = await RunControlAsync(["start", "-w", "-t", PatienceSeconds, "-l", data.StartLog]);
        cancellationToken.ThrowIfCancellationRequested();
        if (!run.Succeeded)
        {
            throw new PostgresUnavailableException($"PostgreSQL does not start on {data.Path} ({WhyNot(run)}): correct this, or give another directory with --data");
        }

        if (Postmaster.Find(data) is { } postmaster)
        {
            File.Delete(data.StartedFile);
            await File.WriteAllTextAsync(data.StartedFile, postmaster.Identity, CancellationToken.None);
        }
    }

    public bool WasStartedByAHost(Postmaster postmaster) =>
        File.Exists(data.StartedFile) && File.ReadAllText(data.StartedFile) == postmaster.Identity;

    /// <summary>Ends what is left of the connections and writes everything out; a throwaway server need not.</summary>
    public Task StopAsync() => RunControlAsync(["stop", "-w", "-t", PatienceSeconds, "-m", options.Throwaway ? "immediate" : "fast"]);

    private Task<Command> RunControlAsync(string[] arguments) => account.RunAsync(binaries.Control, [.. arguments, "-D", data.Path], CancellationToken.None);

    // The log collector takes over in the middle of a start, so the reason is in one of two places
    private string WhyNot(Command run)
    {
        var logs = Directory.Exists(data.LogDirectory) ? new DirectoryInfo(data.LogDirectory).GetFiles("*.log") : [];
        string?[] places = [data.StartLog, logs.MaxBy(log => log.LastWriteTimeUtc)?.FullName];
        return places.Select(LastCauseIn).FirstOrDefault(cause => cause is not null) ?? run.LastWords;
    }

    private static string? LastCauseIn(string? log)
    {
        if (log is null || !File.Exists(log))
        {
            return null;
        }

        string[] signs = ["FATAL:", "PANIC:", "ERROR:"];
        return File.ReadLines(log)
            .Select(line => signs.Select(sign => line.IndexOf(sign, StringComparison.Ordinal)).Where(at => at >= 0).Select(at => line[(at + 6)..].Trim()).FirstOrDefault())
            .LastOrDefault(cause => cause is not null);
    }
}
