using System.Collections.Immutable;
using System.Reflection;

namespace MilleCafes.Shared;

/// <summary>What is no list, and yet can be read as a table.</summary>
public interface ITabular
{
    /// <summary>The same as a list of its rows.</summary>
    object ToTable();
}

/// <summary>What is no list, and yet can be read as a table of these rows.</summary>
public interface ITabular<TRow> : ITabular
{
    IReadOnlyList<TRow> Rows { get; }

    object ITabular.ToTable() => new TableRows<TRow>(Rows);
}

/// <summary>The rows of what is no list.</summary>
public sealed record TableRows<TRow>(IReadOnlyList<TRow> Items);

/// <summary>What tells that an answer can be read as a table: it is a list, or it says which rows it has.</summary>
/// <param name="Items">The members that hold its rows.</param>
public record TableShape(ImmutableArray<ListItems> Items)
{
    /// <summary>The shape of a type; null when it is no table.</summary>
    public static TableShape? Of(Type? type) => ListShape.Of(type) ?? (TableShape?)OfRows(type);

    /// <summary>What holds the rows of an answer.</summary>
    public static object TableOf(object answer) => answer is ITabular tabular ? tabular.ToTable() : answer;

    /// <summary>A member that holds rows; null when there is none by this name.</summary>
    protected static ListItems? ItemsIn(Type type, string name) =>
        type.GetProperty(name) is { PropertyType: { IsGenericType: true } held } property && held.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? new(property, held.GenericTypeArguments[0])
            : null;

    private static TableShape? OfRows(Type? type) =>
        type?.GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ITabular<>)) is { GenericTypeArguments: var rows }
            ? new([ItemsIn(typeof(TableRows<>).MakeGenericType(rows), nameof(TableRows<>.Items))!])
            : null;
}

/// <summary>A member that holds rows, and their type.</summary>
public sealed record ListItems(PropertyInfo Property, Type Item);
