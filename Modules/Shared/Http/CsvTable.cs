using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CsvHelper;
using CsvHelper.Configuration;

namespace MilleCafes.Shared;

/// <summary>A table for spreadsheets (RFC 4180): one row an item, one column a member, named as in the JSON; « commune.name » is the name in the commune.</summary>
/// <remarks>Values are those of the JSON. Several of them in one cell are parted by « ; »; what has members of its own, several times, stays JSON.</remarks>
public static class CsvTable
{
    // A view that held itself would have no end
    private const int DeepestColumn = 6;

    private static readonly ConcurrentDictionary<TableShape, ImmutableArray<string[]>> Columns = new();
    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture);

    // Spreadsheets take a text without it for one of another age
    private static ReadOnlySpan<byte> Mark => Encoding.UTF8.Preamble;

    public static void Write(PooledBuffer content, object answer, TableShape shape, JsonSerializerOptions options)
    {
        content.Write(Mark);
        Encoding.UTF8.GetBytes(Of(JsonSerializer.SerializeToElement(TableShape.TableOf(answer), options), shape, options), content);
    }

    /// <summary>The table of an answer that is JSON already.</summary>
    public static string Of(JsonNode? answer, TableShape shape, JsonTypeInfo type) => Of(
        shape is ListShape ? JsonSerializer.SerializeToElement(answer) : JsonSerializer.SerializeToElement(TableShape.TableOf(answer.Deserialize(type)!), type.Options), shape, type.Options);

    private static string Of(JsonElement list, TableShape shape, JsonSerializerOptions options)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, Rfc4180);
        var columns = Columns.GetOrAdd(shape, static (one, json) => [.. one.Items.SelectMany(items => ColumnsOf(items.Item, [], json)).DistinctBy(NameOf)], options);
        foreach (var column in columns)
        {
            csv.WriteField(NameOf(column));
        }

        csv.NextRecord();
        foreach (var row in shape.Items.SelectMany(items => Rows(list, JsonNamingPolicy.CamelCase.ConvertName(items.Property.Name))))
        {
            foreach (var column in columns)
            {
                csv.WriteField(Cell(Find(row, column)));
            }

            csv.NextRecord();
        }

        csv.Flush();
        return text.ToString();
    }

    private static JsonElement.ArrayEnumerator Rows(JsonElement list, string name) =>
        list.TryGetProperty(name, out var rows) && rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray() : default;

    private static string NameOf(string[] column) => string.Join('.', column);

    private static IEnumerable<string[]> ColumnsOf(Type type, string[] above, JsonSerializerOptions options)
    {
        foreach (var property in options.GetTypeInfo(type).Properties.Where(property => property.Get is not null))
        {
            string[] column = [.. above, property.Name];
            var held = options.GetTypeInfo(property.PropertyType);
            if (held.Kind != JsonTypeInfoKind.Object)
            {
                yield return column;
            }
            else if (column.Length < DeepestColumn)
            {
                foreach (var inner in ColumnsOf(property.PropertyType, column, options))
                {
                    yield return inner;
                }
            }
        }
    }

    private static JsonElement Find(JsonElement row, string[] column)
    {
        foreach (var name in column)
        {
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(name, out row))
            {
                return default;
            }
        }

        return row;
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => Harmless(value.GetString()!),
        JsonValueKind.Array when !value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array) =>
            Harmless(string.Join("; ", value.EnumerateArray().Select(item => item.ToString()))),
        _ => value.GetRawText(),
    };

    // A spreadsheet would run a text that starts like this
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
}
