using System.Reflection;

namespace Wolverine.Configuration;

/// <summary>Says where handlers are looked for, and which types are handlers.</summary>
public class HandlerDiscovery
{
    private readonly HashSet<Assembly> assemblies = [];
    private readonly HashSet<Type> types = [];
    private bool conventional = true;

    public HandlerDiscovery DisableConventionalDiscovery(bool value = true)
    {
        conventional = !value;
        return this;
    }

    public HandlerDiscovery IncludeAssembly(Assembly assembly)
    {
        assemblies.Add(assembly);
        return this;
    }

    public HandlerDiscovery IncludeType<T>() => IncludeType(typeof(T));

    public HandlerDiscovery IncludeType(Type type)
    {
        if (!type.IsVisible)
        {
            throw new ArgumentOutOfRangeException(nameof(type), $"Handler types must be public, but {type.FullName} is not");
        }

        types.Add(type);
        return this;
    }

    internal IEnumerable<Type> HandlerTypes(Assembly? application)
    {
        var scanned = application is null ? assemblies : assemblies.Append(application);
        return (conventional ? scanned.Distinct().SelectMany(assembly => assembly.GetExportedTypes()).Where(IsHandler) : [])
            .Concat(types)
            .Distinct()
            .OrderBy(type => type.FullName, StringComparer.Ordinal);
    }

    private static bool IsHandler(Type type) =>
        type is { IsClass: true, ContainsGenericParameters: false }
        && (!type.IsAbstract || type.IsSealed)
        && (type.Name.EndsWith("Handler", StringComparison.Ordinal)
            || type.Name.EndsWith("Consumer", StringComparison.Ordinal));
}
