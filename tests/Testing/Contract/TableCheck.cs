using System.Text.Json;

namespace MilleCafes.Testing.Contract;

/// <summary>Compares the columns of a table with the members of the list that it is, or with those that the document shows where it is no list: none more, none less.</summary>
internal sealed class TableCheck(ApiDocument document)
{
    /// <param name="list">The schema of the same list as JSON.</param>
    /// <param name="shown">The example of the table.</param>
    /// <param name="table">As it was sent, decoded.</param>
    public IReadOnlyList<string> Faults(JsonElement list, string shown, string table)
    {
        var columns = ColumnsOf(table);
        var members = new[] { "items", "ended" }.SelectMany(name => MembersOf(list, name)).Distinct().ToList() is [_, ..] told ? told : [.. ColumnsOf(shown)];
        return
        [
            .. columns.Where(column => !members.Any(member => Holds(column, member))).Select(column => $"the column {column} is no member of the list."),
            .. members.Where(member => !columns.Any(column => Holds(column, member))).Select(member => $"the member {member} has no column."),
        ];
    }

    // Names of members need no quotes
    private static string[] ColumnsOf(string table) => table.TrimStart('\uFEFF').Split("\r\n")[0].Split(',');

    private IEnumerable<string> MembersOf(JsonElement list, string name) =>
        Single(list) is { } whole && whole.GetProperty("properties").TryGetProperty(name, out var rows) && Single(rows) is { } array && array.TryGetProperty("items", out var item) && Single(item) is { } one
            ? Leaves(one, "")
            : [];

    private IEnumerable<string> Leaves(JsonElement schema, string above) => schema.GetProperty("properties").EnumerateObject().SelectMany(member =>
        Single(member.Value) is { } inner && inner.TryGetProperty("properties", out _) ? Leaves(inner, $"{above}{member.Name}.") : [above + member.Name]);

    /// <summary>What a schema comes down to: behind its references, and without null; null when there is a choice left.</summary>
    private JsonElement? Single(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Single(document.Resolve(reference.GetString()!));
        }

        if (!schema.TryGetProperty("oneOf", out var choices) && !schema.TryGetProperty("anyOf", out choices))
        {
            return schema;
        }

        var real = choices.EnumerateArray().Where(choice => !(choice.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "null")).ToList();
        return real.Count == 1 ? Single(real[0]) : null;
    }

    // What may be of any form is one column, whatever the document says is in it
    private static bool Holds(string column, string member) => member == column || member.StartsWith(column + ".", StringComparison.Ordinal);
}
