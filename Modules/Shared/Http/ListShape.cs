using System.Collections.Immutable;
using System.Reflection;

namespace MilleCafes.Shared;

/// <summary>What tells a list from anything else that is answered: it has « items » and the cursor « next ».</summary>
/// <param name="Items">« items », and what has « ended » where the list tells it.</param>
public sealed record ListShape(ImmutableArray<ListItems> Items, PropertyInfo Next) : TableShape(Items)
{
    /// <summary>The shape of a type; null when it is no list.</summary>
    public static new ListShape? Of(Type? type) =>
        type is not null && ItemsIn(type, "Items") is { } items && type.GetProperty("Next") is { } next && next.PropertyType == typeof(string)
            ? new(ItemsIn(type, "Ended") is { } ended ? [items, ended] : [items], next)
            : null;
}
