using System.Xml.Linq;

namespace MilleCafes.Architecture.Tests;

/// <summary>A C# file, by its path from the root of the repository.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>A folder of Modules, with the projects found in it by their path from that folder.</summary>
internal sealed record ModuleFolder(string Name, IReadOnlyList<string> Projects);

/// <summary>What is on disk, found by looking.</summary>
internal static class Repository
{
    private static readonly string[] Code = ["Host", "Modules", "Embedded", "tests"];

    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Code.SelectMany(folder => Files(folder, "*.csproj")).Select(path => new ProjectFile(path, XDocument.Load(Absolute(path))))];

    /// <summary>The C# files of the host and of the modules.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Files("Host", "*.cs").Concat(Files("Modules", "*.cs")).Select(path => new SourceFile(path, Read(path)))];

    public static IReadOnlyList<ModuleFolder> Modules { get; } =
    [
        .. Directory.EnumerateDirectories(Absolute("Modules")).Select(path => Path.GetFileName(path)!).Where(name => name != "Shared").Order(StringComparer.Ordinal)
            .Select(name => new ModuleFolder(name, [.. Files($"Modules/{name}", "*.csproj").Select(path => Path.GetRelativePath($"Modules/{name}", path))])),
    ];

    public static string Read(string path) => File.ReadAllText(Absolute(path));

    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Absolute(folder), pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Intersect(["artifacts", "bin", "obj", "node_modules"]).Any())
        .Order(StringComparer.Ordinal);

    private static string Absolute(string path) => Path.Combine(Root, path);

    private static string FindRoot(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("No MilleCafes.sln above the tests: the rules have nothing to look at."),
        _ when File.Exists(Path.Combine(folder.FullName, "MilleCafes.sln")) => folder.FullName,
        _ => FindRoot(folder.Parent),
    };
}
