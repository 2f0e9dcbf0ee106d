using System.Globalization;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>PostgreSQL's data directory, with a few files of the hosts' own beside PostgreSQL's (all named <c>millecafes.*</c>).</summary>
internal sealed record DataDirectory(string Path)
{
    private const string OurPrefix = "millecafes.";
    private const long RoomToCreate = 200L << 20;
    private const long RoomToStart = 32L << 20;

    public string GateFile => In("millecafes.start.lock");

    public string HostsFile => In("millecafes.hosts.lock");

    /// <summary>The first lines of <c>postmaster.pid</c> of the server that a host started last.</summary>
    public string StartedFile => In("millecafes.started");

    public string SettingsFile => In("millecafes.conf");

    public string StartLog => In("millecafes.start.log");

    public string LogDirectory => In("log");

    public string PidFile => In("postmaster.pid");

    /// <summary>The version of PostgreSQL that made the data; null when there are none yet.</summary>
    public int? Major =>
        File.Exists(In("PG_VERSION")) && int.TryParse(File.ReadAllText(In("PG_VERSION")).Split('.')[0], CultureInfo.InvariantCulture, out var major)
            ? major
            : null;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the directory, or checks that an existing one may be used.</summary>
    public async Task ClaimAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        if (Path.AsSpan().IndexOfAny("$`\"\\\n") >= 0)
        {
            throw new PostgresUnavailableException($"PostgreSQL cannot work in {Path}, for the characters in its name: give another directory with --data");
        }

        try
        {
            Directory.CreateDirectory(Path);
            // In this order: another host may be moving its new files in
            if (!HasOnlyOurFiles && Major is null)
            {
                throw new PostgresUnavailableException($"{Path} is neither empty nor a data directory of PostgreSQL: give another with --data");
            }

            if (Major is null)
            {
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                await account.OwnAsync(Path, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PostgresUnavailableException(
                $"PostgreSQL’s data directory {Path} cannot be used ({exception.Message}): correct it, or give another with --data", exception);
        }

        if (!await account.CanWriteAsync(Path, cancellationToken))
        {
            throw new PostgresUnavailableException(
                $"PostgreSQL’s user cannot write to {Path}: run this as the owner of the directory, or give another with --data");
        }
    }

    /// <summary>Refuses early what PostgreSQL would fail at later, in the middle of a write.</summary>
    public void RequireRoom()
    {
        var needed = Major is null ? RoomToCreate : RoomToStart;
        var free = new DriveInfo(Path).AvailableFreeSpace;
        if (free < needed)
        {
            throw new PostgresUnavailableException(
                $"there is no room on the disk of {Path}: {free >> 20} MB are free and {needed >> 20} MB are needed, free some or give another directory with --data");
        }
    }

    /// <summary>A cluster that somebody else made would be run with settings that are not its own.</summary>
    public void RequireOurs()
    {
        if (Major is not null && !File.Exists(SettingsFile))
        {
            throw new PostgresUnavailableException(
                $"{Path} is another program’s data directory of PostgreSQL: start that server and give it with --connection, or give another directory with --data");
        }
    }

    private bool HasOnlyOurFiles => Directory.Exists(In(NewCluster.Complete))
        || Directory.EnumerateFileSystemEntries(Path).All(entry => System.IO.Path.GetFileName(entry).StartsWith(OurPrefix, StringComparison.Ordinal));
}
