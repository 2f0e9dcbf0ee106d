using System.Reflection;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests;

/// <summary>The records that go over the wire.</summary>
internal static class WireRules
{
    /// <summary>Every type of ours that an operation's body, answers and query parameters are made of.</summary>
    public static IReadOnlyList<Type> Discover(IEnumerable<Operation> operations)
    {
        var found = new HashSet<Type>();
        foreach (var type in operations.SelectMany(operation => operation.Answers.Concat(operation.Queries).Append(operation.Body)).OfType<Type>())
        {
            Add(type, found);
        }

        return [.. found.OrderBy(type => type.FullName, StringComparer.Ordinal)];
    }

    /// <summary>Two types of one name would silently share one schema.</summary>
    public static IEnumerable<string> Names(IEnumerable<Type> types) => types
        .GroupBy(SimpleName).Where(group => group.Count() > 1)
        .Select(group => $"{group.Key} is the name of {string.Join(" and ", group.Select(type => type.FullName).Order(StringComparer.Ordinal))}.")
        .Concat(types.Where(type => type.IsNested).Select(type => $"{type.FullName} is nested."));

    /// <summary>Documents never leave as bodies.</summary>
    public static IEnumerable<string> Documents(IEnumerable<Type> types) =>
        types.Where(typeof(Document).IsAssignableFrom).Select(type => $"{type.FullName} is a document, and goes over the wire.");

    /// <summary>Every member says in both languages what it means.</summary>
    public static IEnumerable<string> Descriptions(IEnumerable<Type> types) => types.Where(type => !type.IsEnum).SelectMany(type =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !IsSaid(property.GetCustomAttribute<DescribedAttribute>()))
            .Select(property => $"{SimpleName(type)}.{property.Name} is not described in both languages."));

    // One word can be the same in both languages; a sentence cannot
    private static bool IsSaid(DescribedAttribute? described) => described is { French.Length: > 0, English.Length: > 0 }
        && (described.French != described.English || !described.French.Contains(' ', StringComparison.Ordinal));

    private static void Add(Type type, HashSet<Type> found)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type.GetElementType();
        foreach (var part in type.GetGenericArguments().Concat(inner is null ? [] : [inner]))
        {
            Add(part, found);
        }

        if (type.Namespace?.StartsWith("MilleCafes", StringComparison.Ordinal) is not true || !found.Add(type) || type.IsEnum)
        {
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Add(property.PropertyType, found);
        }
    }

    private static string SimpleName(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}Of{string.Concat(type.GetGenericArguments().Select(SimpleName))}" : type.Name;
}
