using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests;

/// <summary>What is known of a module: its folder, and its assembly when there is one.</summary>
internal sealed record ModuleSubject(ModuleFolder Folder, IReadOnlyList<Type> Types);

/// <summary>A folder of Modules is a module that the host runs.</summary>
internal static class ModuleRules
{
    public static Func<IEnumerable<ModuleSubject>, IEnumerable<string>> RunBy(IReadOnlyCollection<IModule> registered) =>
        modules => modules.SelectMany(module => Judge(module, registered).Select(fault => $"Modules/{module.Folder.Name} {fault}"));

    public static ModuleSubject Find(ModuleFolder folder) =>
        new(folder, Product.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == $"MilleCafes.{folder.Name}")?.GetTypes() ?? []);

    private static IEnumerable<string> Judge(ModuleSubject module, IReadOnlyCollection<IModule> registered)
    {
        var name = module.Folder.Name;
        foreach (var missing in new[] { $"{name}/{name}.csproj", $"{name}.Contracts/{name}.Contracts.csproj" }.Except(module.Folder.Projects))
        {
            yield return $"has no {missing}.";
        }

        var doors = module.Types.Where(type => typeof(IModule).IsAssignableFrom(type) && type.IsClass).ToList();
        if (doors is not [{ IsPublic: true, IsSealed: true } door] || door.Name != $"{name}Module")
        {
            yield return $"has no single public sealed {name}Module.";
            yield break;
        }

        if (!module.Types.Any(type => type is { IsInterface: true, IsPublic: true } && typeof(IDocumentStore).IsAssignableFrom(type) && type.Name == $"I{name}Store"))
        {
            yield return $"has no I{name}Store.";
        }

        var schema = ((IModule)Activator.CreateInstance(door)!).Name;
        var expected = name.ToLowerInvariant();
        if (schema != expected)
        {
            yield return $"calls its schema, its routes and its scopes {schema}, not {expected}.";
        }

        if (registered.Count(one => one.GetType() == door) != 1)
        {
            yield return "is not registered by Host, once.";
        }
    }
}
