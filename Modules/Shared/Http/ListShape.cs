using System.Reflection;

namespace MilleCafes.Shared;

/// <summary>What tells a list from anything else that is answered: it has « items » and the cursor « next ».</summary>
/// <param name="Item">The type of its items.</param>
public sealed record ListShape(PropertyInfo Items, PropertyInfo Next, Type Item)
{
    /// <summary>The shape of a type; null when it is no list.</summary>
    public static ListShape? Of(Type? type) =>
        type?.GetProperty("Items") is { } items && items.PropertyType is { IsGenericType: true } held && held.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        && type.GetProperty("Next") is { } next && next.PropertyType == typeof(string)
            ? new(items, next, held.GenericTypeArguments[0])
            : null;
}
