using System.Globalization;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>The running server of a data directory, as its <c>postmaster.pid</c> tells of it.</summary>
internal sealed record Postmaster(int ProcessId, string StartedAt, string SocketDirectory, string Status)
{
    public bool IsReady => Status == "ready";

    public string Identity => string.Create(CultureInfo.InvariantCulture, $"{ProcessId} {StartedAt}\n");

    /// <summary>Null when no server runs there; a file left by a machine that crashed is seen through.</summary>
    public static Postmaster? Find(DataDirectory data)
    {
        var lines = Read(data);
        if (lines.Length < 5 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId))
        {
            return null;
        }

        var found = new Postmaster(processId, lines[2].Trim(), lines[4].Trim(), lines.Length > 7 ? lines[7].Trim() : "");
        if (!OperatingSystem.IsLinux())
        {
            return Exists(processId) ? found : null;
        }

        if (WorksIn(data, processId))
        {
            return found;
        }

        // The processes of a killed server take a moment to notice, and may still write
        if (Directory.EnumerateDirectories("/proc").Any(process => int.TryParse(Path.GetFileName(process), out var id) && WorksIn(data, id)))
        {
            return found with { Status = "killed" };
        }

        if (Exists(processId))
        {
            // Another process has got the number since; PostgreSQL would take it for its own server and refuse to start
            File.Delete(data.PidFile);
        }

        return null;
    }

    private static string[] Read(DataDirectory data)
    {
        try
        {
            return File.ReadAllLines(data.PidFile);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    // PostgreSQL's processes all work in the data directory; a shell may too
    private static bool WorksIn(DataDirectory data, int processId)
    {
        try
        {
            return File.ResolveLinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/cwd"), returnFinalTarget: false)?.FullName == data.Path
                && File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/comm")).StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Exists(int processId)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
