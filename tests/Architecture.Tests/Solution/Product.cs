using System.Reflection;
using Mono.Cecil;

namespace MilleCafes.Architecture.Tests;

/// <summary>The built assemblies of the projects found on disk.</summary>
internal static class Product
{
    /// <summary>Host, Shared, the modules and their contracts.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        .. Repository.Projects
            .Where(project => project.Kind is ProjectKind.Host or ProjectKind.Shared or ProjectKind.Module or ProjectKind.Contracts)
            .Select(project => Assembly.Load(new AssemblyName($"MilleCafes.{project.Name}"))),
    ];

    public static IReadOnlyList<Assembly> Contracts { get; } = [.. Assemblies.Where(assembly => assembly.GetName().Name!.EndsWith(".Contracts", StringComparison.Ordinal))];

    public static IReadOnlyList<Type> Types { get; } = [.. Assemblies.SelectMany(Written)];

    /// <summary>The same assemblies as intermediate language.</summary>
    public static IReadOnlyList<TypeDefinition> Code { get; } = [.. Assemblies.SelectMany(assembly => CodeOf(assembly, ""))];

    /// <summary>The types that somebody wrote: neither the compiler's nor a source generator's.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("MilleCafes", StringComparison.Ordinal) is true && !type.FullName!.Contains('<', StringComparison.Ordinal));

    public static IEnumerable<TypeDefinition> CodeOf(Assembly assembly, string space)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return ModuleDefinition.ReadModule(assembly.Location, new ReaderParameters { AssemblyResolver = resolver })
            .Types.Where(type => type.Namespace.StartsWith($"MilleCafes{space}", StringComparison.Ordinal));
    }
}
