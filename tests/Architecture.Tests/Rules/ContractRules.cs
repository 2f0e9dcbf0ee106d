using System.Collections.Immutable;

namespace MilleCafes.Architecture.Tests;

/// <summary>Messages are facts: public sealed records of primitives, named in the past tense.</summary>
internal static class ContractRules
{
    // Participles that do not end in -ed; and « in post », which somebody is who was put there
    private static readonly HashSet<string> Irregular =
    [
        "Begun", "Bought", "Brought", "Built", "Chosen", "Drawn", "Driven", "Fallen", "Felt", "Found", "Frozen", "Given", "Gone", "Grown", "Held", "Hidden", "Kept",
        "Known", "Laid", "Left", "Lent", "Lost", "Made", "Met", "Paid", "Post", "Put", "Reset", "Seen", "Sent", "Set", "Shown", "Shut", "Sold", "Spent", "Split", "Taken", "Told",
        "Understood", "Undone", "Withdrawn", "Won", "Worn", "Written",
    ];

    private static readonly HashSet<Type> Primitives =
    [
        typeof(Guid), typeof(string), typeof(bool), typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
    ];

    public static IEnumerable<string> Messages(IEnumerable<Type> types) => types.SelectMany(type => Judge(type).Select(fault => $"{type.FullName} {fault}"));

    /// <summary>The full name is the wire name: one name, one message, and in the namespace of its project.</summary>
    public static IEnumerable<string> Names(IEnumerable<Type> types) => types
        .GroupBy(type => type.FullName).Where(group => group.Count() > 1).Select(group => $"{group.Key} is the name of {group.Count()} messages.")
        .Concat(types.Where(type => type.Namespace != type.Assembly.GetName().Name).Select(type => $"{type.FullName} is not in the namespace {type.Assembly.GetName().Name}."));

    private static IEnumerable<string> Judge(Type type)
    {
        if (!type.IsPublic || !type.IsSealed || type.GetMethod("<Clone>$") is null)
        {
            yield return "is not a public sealed record.";
            yield break;
        }

        if (!IsParticiple(type.Name))
        {
            yield return "is not named in the past tense.";
        }

        foreach (var property in type.GetProperties().Where(property => !IsPrimitive(property.PropertyType)))
        {
            yield return $"has {property.Name}, which is no primitive.";
        }

        foreach (var property in type.GetProperties().Where(property =>
            property.SetMethod is { } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))))
        {
            yield return $"has {property.Name}, which can be changed.";
        }
    }

    private static bool IsParticiple(string name)
    {
        var start = name.Select((letter, index) => (letter, index)).Last(pair => char.IsUpper(pair.letter)).index;
        var last = name[start..];
        return last.EndsWith("ed", StringComparison.Ordinal) || Irregular.Contains(last);
    }

    private static bool IsPrimitive(Type type)
    {
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) || type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)))
        {
            return IsPrimitive(type.GetGenericArguments()[0]);
        }

        return Primitives.Contains(Nullable.GetUnderlyingType(type) ?? type);
    }
}
