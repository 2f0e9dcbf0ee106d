using System.Reflection;

namespace MilleCafes.Architecture.Tests;

/// <summary>What an assembly was compiled against.</summary>
internal sealed record AssemblyShape(string Name, IReadOnlyList<string> References)
{
    public static AssemblyShape Of(Assembly assembly) => new(assembly.GetName().Name!, [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name!)]);
}

/// <summary>Who may see whom.</summary>
internal static class BoundaryRules
{
    /// <summary>A module sees Shared and contracts; only Host sees implementations; Shared sees no module; contracts see nothing.</summary>
    public static IEnumerable<string> ProjectReferences(IEnumerable<ProjectFile> projects) => projects.SelectMany(project =>
        project.Projects.Select(path => Judge(project, path))
            .Concat(project.Kind == ProjectKind.Contracts ? project.Others.Select(other => $"{project.Name} references {other}: contracts reference nothing.") : [])
            .Append(project.Kind == ProjectKind.Elsewhere ? $"{project.Path} stands where no rule knows what it may see." : null)
            .OfType<string>());

    /// <summary>The same of what was really compiled, however it came to be referenced.</summary>
    public static IEnumerable<string> AssemblyReferences(IEnumerable<AssemblyShape> assemblies) => assemblies.SelectMany(assembly =>
        assembly.References.Where(reference => !MayUse(assembly.Name, reference)).Select(reference => $"{assembly.Name} uses {reference}."));

    /// <summary>What is not in the solution is neither built nor tested.</summary>
    public static Func<IEnumerable<ProjectFile>, IEnumerable<string>> InSolution(string solution) => projects => projects
        .Where(project => !solution.Contains($"\"{project.Path.Replace('/', '\\')}\"", StringComparison.Ordinal)).Select(project => $"{project.Path} is not in the solution.");

    private static string? Judge(ProjectFile project, string path)
    {
        var seen = ProjectFile.KindOf(path);
        return project.Kind switch
        {
            ProjectKind.Contracts => $"{project.Name} references {NameOf(path)}: contracts reference nothing.",
            ProjectKind.Shared => $"{project.Name} references {NameOf(path)}: Shared sees no project.",
            ProjectKind.Module when seen is not (ProjectKind.Shared or ProjectKind.Contracts) =>
                $"{project.Name} references {NameOf(path)}: a module sees Shared and contracts only.",
            ProjectKind.Host when seen is ProjectKind.Embedded or ProjectKind.Tests => $"{project.Name} references {NameOf(path)}: Host sees modules only.",
            ProjectKind.Embedded when seen is not ProjectKind.Embedded => $"{project.Name} references {NameOf(path)}: the embedded stack knows nothing of its users.",
            _ => null,
        };
    }

    private static bool MayUse(string name, string reference)
    {
        if (name.EndsWith(".Contracts", StringComparison.Ordinal))
        {
            return reference.StartsWith("System.", StringComparison.Ordinal);
        }

        return name == "MilleCafes.Host"
            || !reference.StartsWith("MilleCafes.", StringComparison.Ordinal)
            || (name != "MilleCafes.Shared" && (reference == "MilleCafes.Shared" || reference.EndsWith(".Contracts", StringComparison.Ordinal)));
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);
}
