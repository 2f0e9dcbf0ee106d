namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>What the server is told at every start; an administrator’s <c>ALTER SYSTEM</c> still wins over it.</summary>
internal static class ServerSettings
{
    private const string Common = """
        # Written by Mille Cafés at every start: change settings with ALTER SYSTEM
        listen_addresses = ''
        port = 5432
        unix_socket_permissions = 0700
        max_connections = 200
        jit = off
        timezone = 'UTC'
        logging_collector = on
        log_directory = 'log'
        log_filename = 'postgresql-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0
        log_min_error_statement = panic
        """;

    private const string Lasting = """
        shared_buffers = 256MB
        """;

    private const string Throwaway = """
        shared_buffers = 128MB
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        """;

    public static async Task WriteAsync(DataDirectory data, string socketDirectory, EmbeddedDatabaseOptions options, CancellationToken cancellationToken)
    {
        var socket = $"unix_socket_directories = '\"{socketDirectory.Replace("'", "''", StringComparison.Ordinal)}\"'";
        File.Delete(data.SettingsFile);
        await File.WriteAllTextAsync(
            data.SettingsFile, string.Join('\n', Common, socket, options.Throwaway ? Throwaway : Lasting, ""), cancellationToken);
        File.SetUnixFileMode(data.SettingsFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }
}
