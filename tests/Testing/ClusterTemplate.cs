using System.Globalization;
using MilleCafes.Host.Platform.EmbeddedPostgres;

namespace MilleCafes.Testing;

/// <summary>A cluster that the host has made once, kept with what is built, and copied: of a throwaway server's start, initdb would take the most.</summary>
public static class ClusterTemplate
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    // Beside the programs: artifacts/<stack>/clusters
    private static DirectoryInfo Clusters => new(Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.FullName, "clusters"));

    /// <summary>Makes the directory a data directory that a host has used before.</summary>
    public static async Task CopyToAsync(string path)
    {
        var template = await Made.Value;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await CopyAsync(template, path);
    }

    private static async Task<string> MakeAsync()
    {
        var clusters = Clusters;
        var binaries = await PostgresBinaries.FindAsync(new DataDirectory(clusters.FullName), CancellationToken.None);
        // Another PostgreSQL or another build of the host may make other files
        var name = string.Create(CultureInfo.InvariantCulture, $"{binaries.Major}-{typeof(EmbeddedDatabase).Module.ModuleVersionId:n}");
        var template = Path.Combine(clusters.FullName, name);
        if (Directory.Exists(template))
        {
            return template;
        }

        foreach (var outdated in clusters.Exists ? clusters.GetDirectories().Where(other => TimeProvider.System.GetUtcNow() - other.LastWriteTimeUtc > Old) : [])
        {
            outdated.Delete(recursive: true);
        }

        // Not made there: PostgreSQL's user may not be able to enter the clone
        using var directory = new ThrowawayDirectory();
        await (await EmbeddedDatabase.StartAsync(new EmbeddedDatabaseOptions(directory.Path), TextWriter.Null, CancellationToken.None)).DisposeAsync();
        clusters.Create();
        var copy = Path.Combine(clusters.FullName, Path.GetRandomFileName());
        await CopyAsync(directory.Path, copy);
        try
        {
            Directory.Move(copy, template);
        }
        catch (IOException) when (Directory.Exists(template))
        {
            // Another test process was faster
            Directory.Delete(copy, recursive: true);
        }

        return template;
    }

    // The owner is kept: for root, it is PostgreSQL's user
    private static async Task CopyAsync(string from, string to)
    {
        if (await Command.RunAsync("cp", ["-R", "--preserve=mode,ownership", from, to], CancellationToken.None) is { Succeeded: false } failure)
        {
            throw new IOException(failure.LastWords);
        }
    }
}
