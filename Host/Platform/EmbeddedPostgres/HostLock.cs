using System.Diagnostics;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>
/// Locks between the hosts of one data directory. They are the kernel's (flock), so a killed host lets go of them by dying.
/// </summary>
internal static class HostLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>One host at a time starts or stops the server; the others wait their turn.</summary>
    public static async Task<IDisposable> EnterGateAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            if (TryOpen(data.GateFile, FileShare.None) is { } gate)
            {
                return gate;
            }

            if (since.Elapsed > Patience)
            {
                throw new PostgresUnavailableException(
                    $"another host has been starting or stopping PostgreSQL on {data.Path} for {Patience.TotalSeconds:0} seconds: end it, then try again");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <summary>Held by every host that works with the server.</summary>
    public static IDisposable JoinHosts(DataDirectory data) =>
        TryOpen(data.HostsFile, FileShare.Read) ?? throw new PostgresUnavailableException(
            $"{data.HostsFile} is locked by another program: end it, then try again");

    /// <summary>No host is left: to be asked behind the gate only.</summary>
    public static bool NoHostIsLeft(DataDirectory data)
    {
        using var alone = TryOpen(data.HostsFile, FileShare.None);
        return alone is not null;
    }

    private static FileStream? TryOpen(string path, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, share);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(path))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PostgresUnavailableException($"{path} cannot be written ({exception.Message}): correct its rights, or give another directory with --data", exception);
        }
    }
}
