namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>Every text that the API takes about candidates, by its own document: a new one is found without being told here.</summary>
internal sealed class CandidateRequests(JsonNode document)
{
    private const string Module = "/v1/recruitment/";

    // What these speak of is a commune, a café or an advertisement
    private static readonly string[] OfNoCandidate = ["commune-candidatures", "cafe-candidatures", "gerance-offers", "host-cafes", "offer-diffusions"];

    // What is of a closed list, is made by the host, or names a café and where it is
    private static readonly string[] NoFreeText = ["/token", "/inseeCode", "/consent/version", "/consent/language", "/wishes/regions/*", "/wishes/departements/*", "/siret", "/currency", "/cafeName", "/premises/address"];

    /// <summary>Of those who would be gérants.</summary>
    public IReadOnlyList<string> Texts => TextsWhere(collection => !OfNoCandidate.Contains(collection));

    /// <summary>Of one collection.</summary>
    public IReadOnlyList<string> Under(string collection) => TextsWhere(collection.Equals);

    private IReadOnlyList<string> TextsWhere(Func<string, bool> collection) =>
        [.. Operations(collection).SelectMany(operation => TextsOf(operation.Schema, "", []).Select(pointer => operation.Name + pointer)).Distinct()];

    private IEnumerable<(string Name, JsonNode Schema)> Operations(Func<string, bool> collection) =>
        from path in document["paths"]!.AsObject()
        where path.Key.StartsWith(Module, StringComparison.Ordinal) && collection(path.Key[Module.Length..].Split('/')[0])
        from operation in path.Value!.AsObject()
        let schema = operation.Value is JsonObject told ? told["requestBody"]?["content"]?["application/json"]?["schema"] : null
        where schema is not null
        select ($"{operation.Key.ToUpperInvariant()} {Marker.ShapeOf(path.Key)} ", schema);

    private IEnumerable<string> TextsOf(JsonNode schema, string pointer, IReadOnlyList<string> above)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            var name = reference.Split('/')[^1];
            return above.Contains(name) ? [] : TextsOf(document["components"]!["schemas"]![name]!, pointer, [.. above, name]);
        }

        return new[] { "oneOf", "anyOf", "allOf" }.SelectMany(word => schema[word]?.AsArray() ?? []).SelectMany(one => TextsOf(one!, pointer, above))
            .Concat(IsFreeText(schema, pointer) ? [pointer] : [])
            .Concat((schema["properties"]?.AsObject() ?? []).SelectMany(member => TextsOf(member.Value!, $"{pointer}/{member.Key}", above)))
            .Concat(schema["items"] is { } items ? TextsOf(items, $"{pointer}/*", above) : [])
            .Concat(schema["additionalProperties"] is JsonObject others ? TextsOf(others, $"{pointer}/*", above) : []);
    }

    private static bool IsFreeText(JsonNode schema, string pointer) =>
        (schema["type"] is JsonArray several ? several.Select(one => (string?)one) : [(string?)schema["type"]]).Contains("string")
        && schema["enum"] is null && (string?)schema["format"] is not ("uuid" or "date" or "date-time")
        && !NoFreeText.Any(closed => pointer.EndsWith(closed, StringComparison.Ordinal));
}
