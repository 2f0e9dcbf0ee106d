using System.Globalization;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>The running server of a data directory, as its <c>postmaster.pid</c> tells of it.</summary>
internal sealed record Postmaster(int ProcessId, string StartedAt, string SocketDirectory, string Status)
{
    public bool IsReady => Status == "ready";

    public string Identity => string.Create(CultureInfo.InvariantCulture, $"{ProcessId} {StartedAt}\n");

    /// <summary>Null when no server runs there; a file left by a machine that crashed is seen through.</summary>
    public static async Task<Postmaster?> FindAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        var lines = await ReadAsync(data, cancellationToken);
        if (lines.Length < 5 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId) || !Exists(processId))
        {
            return null;
        }

        if (OperatingSystem.IsLinux() && await PlaceOfAsync($"/proc/{processId}/cwd/", cancellationToken) != await PlaceOfAsync(data.Path, cancellationToken))
        {
            // Another process has got the number since; PostgreSQL itself would take it for its own server and refuse to start
            File.Delete(data.PidFile);
            return null;
        }

        return new Postmaster(processId, lines[2].Trim(), lines[4].Trim(), lines.Length > 7 ? lines[7].Trim() : "");
    }

    static async Task<string[]> ReadAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllLinesAsync(data.PidFile, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    static bool Exists(int processId)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static async Task<string> PlaceOfAsync(string path, CancellationToken cancellationToken) =>
        (await Command.RunAsync("stat", ["-L", "-c", "%d:%i", path], cancellationToken)).Output;
}
