using System.Globalization;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>The programs of one installed PostgreSQL.</summary>
internal sealed record PostgresBinaries(string Directory, int Major)
{
    public const int OldestMajor = 14;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public string Initdb => Path.Combine(Directory, "initdb");

    public string Control => Path.Combine(Directory, "pg_ctl");

    /// <summary>The version that made the data when there is one, otherwise the newest on the machine.</summary>
    public static async Task<PostgresBinaries> FindAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in Candidates())
        {
            if (await MajorOfAsync(directory, cancellationToken) is { } major)
            {
                found.Add(new PostgresBinaries(directory, major));
            }
        }

        if (found.Count == 0)
        {
            throw new PostgresUnavailableException(
                "there is no PostgreSQL on this machine: run ‘apt-get install postgresql’ as root, or give a server with --connection");
        }

        if (data.Major is { } wanted)
        {
            return found.Find(binaries => binaries.Major == wanted && wanted >= OldestMajor) ?? throw new PostgresUnavailableException(
                $"the data in {data.Path} was made by PostgreSQL {wanted}, and this machine has {string.Join(" and ", found.Select(each => each.Major).Distinct())}: "
                + (wanted < OldestMajor
                    ? $"version {OldestMajor} or newer is needed, give another directory with --data"
                    : $"install PostgreSQL {wanted}, or give another directory with --data"));
        }

        return found.Where(binaries => binaries.Major >= OldestMajor).MaxBy(binaries => binaries.Major) ?? throw new PostgresUnavailableException(
            $"the PostgreSQL on this machine is version {found.Max(each => each.Major)}: install version {OldestMajor} or newer, or give a server with --connection");
    }

    private static IEnumerable<string> Candidates()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        const string debian = "/usr/lib/postgresql";
        var installed = System.IO.Directory.Exists(debian)
            ? System.IO.Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin"))
            : [];
        return onPath.Concat(installed)
            .Where(directory => Needed.All(program => File.Exists(Path.Combine(directory, program))))
            .Select(Resolve)
            .Distinct();
    }

    // A link to the program alone would leave it without its libraries' directory
    private static string Resolve(string directory)
    {
        var program = Path.Combine(directory, Needed[0]);
        try
        {
            return File.ResolveLinkTarget(program, returnFinalTarget: true) is { } target ? Path.GetDirectoryName(target.FullName)! : directory;
        }
        catch (IOException)
        {
            return directory;
        }
    }

    private static async Task<int?> MajorOfAsync(string directory, CancellationToken cancellationToken)
    {
        var answer = await Command.RunAsync(Path.Combine(directory, "postgres"), ["--version"], cancellationToken);
        var version = answer.Output.Split(' ').FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0]));
        var digits = new string([.. (version ?? "").TakeWhile(char.IsAsciiDigit)]);
        return answer.Succeeded && int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : null;
    }
}
