using System.Text.Json;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>The check itself: what it takes, what it refuses, what it does not pretend to know.</summary>
public sealed class SchemaCheckTests
{
    private static readonly ApiDocument Document = ApiDocument.Parse(
        """
        {"paths":{},"components":{"schemas":{
          "Pair":{"type":"object","required":["a"],"properties":{"a":{"type":"integer","format":"int32"},"b":{"type":["null","string"],"maxLength":2}}},
          "Wide":{"allOf":[{"$ref":"#/components/schemas/Pair"},{"properties":{"c":{"type":"boolean"}}}]},
          "Maybe":{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Pair"}]},
          "Map":{"type":"object","additionalProperties":{"type":"number","minimum":0.5}},
          "Any":{"description":"anything"},
          "List":{"type":"array","minItems":1,"maxItems":2,"items":{"$ref":"#/components/schemas/Pair"}}}}}
        """);

    [Theory]
    [InlineData("Pair", """{"a":1}""")]
    [InlineData("Pair", """{"a":1,"b":"é😀"}""")]
    [InlineData("Wide", """{"a":1,"c":true}""")]
    [InlineData("Maybe", "null")]
    [InlineData("Maybe", """{"a":1}""")]
    [InlineData("Map", """{"x":0.5,"y":7}""")]
    [InlineData("List", """[{"a":1}]""")]
    [InlineData("Any", """{"x":{"y":[1]}}""")]
    public void What_fits_is_taken(string schema, string json) => Assert.Empty(Faults(schema, json));

    [Theory]
    [InlineData("Pair", "{}", "required")]
    [InlineData("Pair", "[]", "type")]
    [InlineData("Pair", """{"a":"1"}""", "/a breaks « type")]
    [InlineData("Pair", """{"a":1.5}""", "/a breaks « type")]
    [InlineData("Pair", """{"a":3000000000}""", "/a breaks « format")]
    [InlineData("Pair", """{"a":1,"b":"abc"}""", "/b breaks « maxLength")]
    [InlineData("Pair", """{"a":1,"z":1}""", "/z is not in the schema")]
    [InlineData("Pair", """{"a":1,"a":2}""", "/a comes twice")]
    [InlineData("Wide", """{"a":1,"c":1}""", "/c breaks « type")]
    [InlineData("Wide", """{"a":1,"d":1}""", "/d is not in the schema")]
    [InlineData("Maybe", """{"b":"x"}""", "fits 0 of « oneOf »")]
    [InlineData("Maybe", """{"a":1,"z":1}""", "/z is not in the schema")]
    [InlineData("Map", """{"x":0.4}""", "/x breaks « minimum")]
    [InlineData("List", "[]", "minItems")]
    [InlineData("List", """[{"a":1},{"a":2},{"a":3}]""", "maxItems")]
    [InlineData("List", """[{"a":1},{}]""", "/1 breaks « required")]
    public void What_does_not_fit_is_told_with_its_place(string schema, string json, string fault) =>
        Assert.Contains(Faults(schema, json), told => told.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("date-time", "2023-04-17T08:30:00Z", true)]
    [InlineData("date-time", "2023-04-17T08:30:00.1234567Z", true)]
    [InlineData("date-time", "2023-04-17T08:30:00+02:00", false)]
    [InlineData("date-time", "2023-02-30T08:30:00Z", false)]
    [InlineData("date", "2023-04-17", true)]
    [InlineData("date", "17/04/2023", false)]
    [InlineData("uuid", "018790c4-5b40-7c3b-9a52-3f1f2e8d4c10", true)]
    [InlineData("uuid", "{018790c4-5b40-7c3b-9a52-3f1f2e8d4c10}", false)]
    [InlineData("uri", "https://example.org/a", true)]
    [InlineData("uri", "not one", false)]
    [InlineData("email", "a@example.org", true)]
    [InlineData("email", "example.org", false)]
    public void A_format_is_a_promise(string format, string text, bool holds) =>
        Assert.Equal(holds, Check($$"""{"type":"string","format":"{{format}}"}""", JsonSerializer.Serialize(text)).Count == 0);

    [Theory]
    [InlineData("^[0-9]{2}$", "12", true)]
    [InlineData("^[0-9]{2}$", "12\n", false)]
    [InlineData(@"^a\$", "a$", true)]
    public void A_pattern_means_what_it_means_in_JavaScript(string pattern, string text, bool holds) =>
        Assert.Equal(holds, Check($$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}""", JsonSerializer.Serialize(text)).Count == 0);

    [Theory]
    [InlineData("""{"unevaluatedProperties":false}""")]
    [InlineData("""{"type":"string","format":"hostname"}""")]
    [InlineData("""{"$ref":"https://example.org/schema.json"}""")]
    public void What_the_check_does_not_know_it_does_not_pass_over(string schema) =>
        Assert.Throws<NotSupportedException>(() => Check(schema, "\"x\""));

    private static IReadOnlyList<string> Faults(string schema, string json) =>
        new SchemaCheck(Document, closed: true).Faults(Document.Component(schema), JsonElement.Parse(json));

    private static IReadOnlyList<string> Check(string schema, string json) =>
        new SchemaCheck(Document, closed: true).Faults(JsonElement.Parse(schema), JsonElement.Parse(json));
}
