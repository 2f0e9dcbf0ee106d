using System.Collections.Immutable;
using System.Reflection;

namespace MilleCafes.Shared;

/// <summary>What tells a list from anything else that is answered: it has « items » and the cursor « next ».</summary>
/// <param name="Items">The members that hold its rows: « items », and what has « ended » where the list tells it.</param>
public sealed record ListShape(ImmutableArray<ListItems> Items, PropertyInfo Next)
{
    /// <summary>The shape of a type; null when it is no list.</summary>
    public static ListShape? Of(Type? type) =>
        type is not null && ItemsIn(type, "Items") is { } items && type.GetProperty("Next") is { } next && next.PropertyType == typeof(string)
            ? new(ItemsIn(type, "Ended") is { } ended ? [items, ended] : [items], next)
            : null;

    private static ListItems? ItemsIn(Type type, string name) =>
        type.GetProperty(name) is { PropertyType: { IsGenericType: true } held } property && held.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? new(property, held.GenericTypeArguments[0])
            : null;
}

/// <summary>A member of a list that holds rows, and their type.</summary>
public sealed record ListItems(PropertyInfo Property, Type Item);
