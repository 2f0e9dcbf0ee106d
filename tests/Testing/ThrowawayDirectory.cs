using MilleCafes.Host.Platform.EmbeddedPostgres;

namespace MilleCafes.Testing;

/// <summary>A place for a PostgreSQL that nobody will miss.</summary>
public sealed class ThrowawayDirectory : IDisposable
{
    private const string Prefix = "mille-cafes-test-";

    private static readonly TimeSpan Old = TimeSpan.FromMinutes(2);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Prefix + Guid.CreateVersion7().ToString("n")[..20]);

    /// <summary>Ends the servers of test processes that were killed, and removes their files.</summary>
    public static async Task RemoveAbandonedAsync()
    {
        foreach (var path in Directory.GetDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                var data = new DataDirectory(path);
                if (TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(path) > Old && HostLock.NoHostIsLeft(data))
                {
                    await StopServerAsync(data);
                    Directory.Delete(path, recursive: true);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PostgresUnavailableException)
            {
                // Another user's, or another process is cleaning up too
            }
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    // Taking it over and letting it go is what stops it
    private static async Task StopServerAsync(DataDirectory data)
    {
        if (Postmaster.Find(data) is not null)
        {
            await using var server = await EmbeddedDatabase.StartAsync(
                new EmbeddedDatabaseOptions(data.Path, Throwaway: true), TextWriter.Null, CancellationToken.None);
        }
    }
}
