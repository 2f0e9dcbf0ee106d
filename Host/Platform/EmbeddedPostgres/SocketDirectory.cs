using System.Security.Cryptography;
using System.Text;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>Where the server’s Unix socket is: a directory that only its own user can enter.</summary>
internal static class SocketDirectory
{
    // The kernel's limit for the whole address is 107 bytes
    private const int LongestDirectory = 107 - 19;

    /// <summary>The data directory itself, unless its name is too long for a socket, or means something else to Npgsql.</summary>
    public static async Task<string> PrepareAsync(DataDirectory data, ServerAccount account, CancellationToken cancellationToken)
    {
        if (Encoding.UTF8.GetByteCount(data.Path) <= LongestDirectory && data.Path.AsSpan().IndexOfAny(",:';") < 0)
        {
            return data.Path;
        }

        var directory = Path.Combine("/tmp", "mille-cafes-" + Fingerprint(data.Path));
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await account.OwnAsync(directory, cancellationToken);
        }

        var othersMayEnter = (File.GetUnixFileMode(directory) & (UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
        var isOurs = await ServerAccount.OwnerOfAsync(directory, cancellationToken) == await ServerAccount.OwnerOfAsync(data.Path, cancellationToken);
        return isOurs && !othersMayEnter
            ? directory
            : throw new PostgresUnavailableException($"{directory} belongs to somebody else: remove it, or give a data directory of a shorter name with --data");
    }

    public static void Remove(DataDirectory data, string directory)
    {
        if (directory != data.Path && Directory.Exists(directory) && !Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }

    public static string Fingerprint(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}
