using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MilleCafes.Architecture.Tests;

/// <summary>What a project is for, by where it stands.</summary>
internal enum ProjectKind
{
    Elsewhere,
    Host,
    Shared,
    Module,
    Contracts,
    Embedded,
    Tests,
}

/// <summary>A project and what its file asks for.</summary>
internal sealed partial record ProjectFile(string Path, XDocument Xml)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public ProjectKind Kind => KindOf(Path);

    /// <summary>The projects it references, by their path from the root.</summary>
    public IEnumerable<string> Projects => Items("ProjectReference").Select(include => Normalise(System.IO.Path.GetDirectoryName(Path)!, include));

    /// <summary>Everything else it references.</summary>
    public IEnumerable<string> Others => Items("PackageReference").Concat(Items("FrameworkReference")).Concat(Items("Reference"));

    public static ProjectKind KindOf(string path) => path switch
    {
        "Modules/Shared/Shared.csproj" => ProjectKind.Shared,
        _ when Module().IsMatch(path) => ProjectKind.Module,
        _ when Contracts().IsMatch(path) => ProjectKind.Contracts,
        _ when path.StartsWith("Host/", StringComparison.Ordinal) => ProjectKind.Host,
        _ when path.StartsWith("Embedded/", StringComparison.Ordinal) => ProjectKind.Embedded,
        _ when path.StartsWith("tests/", StringComparison.Ordinal) => ProjectKind.Tests,
        _ => ProjectKind.Elsewhere,
    };

    private IEnumerable<string> Items(string name) => Xml.Descendants().Where(element => element.Name.LocalName == name)
        .SelectMany(element => ((string?)element.Attribute("Include") ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string Normalise(string folder, string include)
    {
        var steps = new List<string>();
        foreach (var step in $"{folder}/{include}".Replace('\\', '/').Split('/'))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("" or "."))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }

    [GeneratedRegex(@"^Modules/(\w+)/\1/\1\.csproj$")]
    private static partial Regex Module();

    [GeneratedRegex(@"^Modules/(\w+)/\1\.Contracts/\1\.Contracts\.csproj$")]
    private static partial Regex Contracts();
}
