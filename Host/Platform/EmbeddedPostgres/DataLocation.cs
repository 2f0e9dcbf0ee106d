using MilleCafes.Shared;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>Which directory the data are in when nobody said.</summary>
internal static class DataLocation
{
    private const string Solution = "MilleCafes.sln";
    private const string SystemWide = "/var/lib/mille-cafes";

    public static async Task<(DataDirectory Data, ServerAccount Account)> ChooseAsync(
        EmbeddedDatabaseOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PostgresUnavailableException(
                "le PostgreSQL embarqué demande Linux ou macOS : donnez un serveur par --connection",
                "the embedded PostgreSQL needs Linux or macOS: give a server with --connection");
        }

        var given = !string.IsNullOrWhiteSpace(options.DataDirectory);
        var data = new DataDirectory(await RealPathAsync(given ? options.DataDirectory! : Default(), cancellationToken));
        var account = await AccountForAsync(data, cancellationToken);
        var nearest = NearestExisting(data.Path);
        if (account.Owner is null || await account.CanEnterAsync(nearest, cancellationToken))
        {
            return (data, account);
        }

        if (given)
        {
            throw new PostgresUnavailableException(
                $"PostgreSQL ne tourne pas en root, et son utilisateur ne peut pas entrer dans {nearest} : donnez par --data un dossier accessible à tous",
                $"PostgreSQL does not run as root, and its user cannot enter {nearest}: give a directory with --data that every user can reach");
        }

        var elsewhere = new DataDirectory(Path.Combine(SystemWide, SocketDirectory.Fingerprint(data.Path)));
        await output.WriteLineAsync(Language.Choose(
            $"L'utilisateur de PostgreSQL ne peut pas entrer dans {nearest} : les données sont dans {elsewhere.Path}",
            $"PostgreSQL's user cannot enter {nearest}: the data are in {elsewhere.Path}"));
        return (elsewhere, await AccountForAsync(elsewhere, cancellationToken));
    }

    private static Task<ServerAccount> AccountForAsync(DataDirectory data, CancellationToken cancellationToken) =>
        ServerAccount.ForAsync(data.Major is null ? null : data.Path, cancellationToken);

    /// <summary>The directory beside which this clone, or this user, keeps its data.</summary>
    public static string DefaultParent() => Path.GetDirectoryName(Default())!;

    private static string Default()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, Solution)))
            {
                return Path.Combine(directory.FullName, ".data", "postgres");
            }
        }

        return Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "mille-cafes", "postgres");
    }

    // One directory has one name, whichever links lead to it: a server is known by the directory it works in
    private static async Task<string> RealPathAsync(string path, CancellationToken cancellationToken)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var real = await Command.RunAsync("realpath", ["-m", "--", full], cancellationToken);
        return real.Succeeded ? real.Output.TrimEnd('\n') : full;
    }

    private static string NearestExisting(string path)
    {
        while (!Directory.Exists(path))
        {
            path = Path.GetDirectoryName(path) ?? "/";
        }

        return path;
    }
}
