using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MilleCafes.Testing.Contract;

/// <summary>Compares an exchange with the document: a status, a media type, a header or a member that the document does not tell of is a fault.</summary>
public sealed class AnswerCheck(ApiDocument document)
{
    private const string Problem = "application/problem+json";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly SchemaCheck answers = new(document, closed: true);
    private readonly SchemaCheck requests = new(document, closed: false);

    public ApiDocument Document => document;

    public async Task<IReadOnlyList<string>> FaultsAsync(HttpRequestMessage request, HttpResponseMessage answer, CancellationToken token)
    {
        var path = PathOf(request.RequestUri!);
        var status = (int)answer.StatusCode;
        if (await IsHungUpOnAsync(answer, token))
        {
            return [];
        }

        if (document.Find(request.Method, path) is not { } operation || (request.Method == HttpMethod.Head && answer.StatusCode == HttpStatusCode.MethodNotAllowed))
        {
            return await OutsideAsync(request, path, answer, token);
        }

        if (operation.Answer(status) is not { } declared)
        {
            var code = await CodeAsync(answer, token);
            return [$"the status {status}{(code is null ? "" : $" ({code})")} is not declared: a slice tells of its refusals by .Refuses(…), the platform of its own in Host/Explorer/Refusals.cs."];
        }

        if (declared.TryGetProperty("$ref", out var reference))
        {
            declared = document.Resolve(reference.GetString()!);
        }

        List<string> faults = [.. HeaderFaults(declared, answer)];
        if (request.Method != HttpMethod.Head)
        {
            faults.AddRange(await BodyFaultsAsync(declared, answer, token));
        }

        if (answer.IsSuccessStatusCode)
        {
            faults.AddRange(await RequestFaultsAsync(operation, request, token));
        }

        return faults;
    }

    /// <summary>What the document says of a body that a program sent or would send; for webhooks too.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, string json) => answers.Faults(schema, JsonElement.Parse(json));

    // Pages, files and addresses that do not exist are not in the document; a refusal looks the same everywhere, but for probes, which have a form of their own
    private async Task<IReadOnlyList<string>> OutsideAsync(HttpRequestMessage request, string path, HttpResponseMessage answer, CancellationToken token)
    {
        if ((int)answer.StatusCode >= 400 && !path.StartsWith("/health/", StringComparison.Ordinal))
        {
            return request.Method == HttpMethod.Head ? [] : await ProblemFaultsAsync(answer, null, token);
        }

        return path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase) && request.Method != HttpMethod.Options
            ? [$"it is answered with {(int)answer.StatusCode}, and there is no such operation."]
            : [];
    }

    private IEnumerable<string> HeaderFaults(JsonElement declared, HttpResponseMessage answer)
    {
        foreach (var header in declared.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().ToArray() : [])
        {
            var values = answer.Headers.Concat(answer.Content.Headers).Where(present => present.Key.Equals(header.Name, StringComparison.OrdinalIgnoreCase)).SelectMany(present => present.Value).ToList();
            if (values.Count == 0)
            {
                if (header.Value.TryGetProperty("required", out var required) && required.GetBoolean())
                {
                    yield return $"the header {header.Name} is missing.";
                }

                continue;
            }

            foreach (var fault in answers.Faults(header.Value.GetProperty("schema"), Typed(header.Value.GetProperty("schema"), string.Join(", ", values))))
            {
                yield return $"the header {header.Name}: {fault}";
            }
        }
    }

    private async Task<IReadOnlyList<string>> BodyFaultsAsync(JsonElement declared, HttpResponseMessage answer, CancellationToken token)
    {
        if (!declared.TryGetProperty("content", out var content))
        {
            return (await answer.Content.ReadAsByteArrayAsync(token)).Length == 0 ? [] : ["it has a body, and none is declared."];
        }

        if (answer.Content.Headers.ContentType?.MediaType is not { } mediaType || !content.TryGetProperty(mediaType, out var form))
        {
            return [$"the media type « {answer.Content.Headers.ContentType} » is not declared."];
        }

        if (mediaType == Problem)
        {
            return await ProblemFaultsAsync(answer, form.TryGetProperty("examples", out var examples) ? [.. examples.EnumerateObject().Select(example => example.Name)] : [], token);
        }

        if (mediaType == "text/csv" && content.TryGetProperty("application/json", out var list))
        {
            return new TableCheck(document).Faults(list.GetProperty("schema"), form.GetProperty("example").GetString()!, Strict.GetString(await answer.Content.ReadAsByteArrayAsync(token)));
        }

        return mediaType == "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal)
            ? await JsonFaultsAsync(form.GetProperty("schema"), answer, token)
            : [];
    }

    private async Task<IReadOnlyList<string>> JsonFaultsAsync(JsonElement schema, HttpResponseMessage answer, CancellationToken token)
    {
        try
        {
            var text = Strict.GetString(await answer.Content.ReadAsByteArrayAsync(token));
            return answers.Faults(schema, JsonElement.Parse(text));
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            return [$"the body is not JSON: {exception.Message}"];
        }
    }

    /// <param name="answer">A refusal.</param>
    /// <param name="codes">Those declared; null where there is no operation to declare any.</param>
    /// <param name="token">Gives up.</param>
    private async Task<IReadOnlyList<string>> ProblemFaultsAsync(HttpResponseMessage answer, IReadOnlyCollection<string>? codes, CancellationToken token)
    {
        if (answer.Content.Headers.ContentType?.MediaType != Problem)
        {
            return [$"a refusal ({(int)answer.StatusCode}) is « {answer.Content.Headers.ContentType} », not {Problem}."];
        }

        List<string> faults = [.. await JsonFaultsAsync(document.Component("ProblemDocument"), answer, token)];
        if (faults.Count > 0)
        {
            return faults;
        }

        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(token));
        var code = problem.GetProperty("code").GetString()!;
        if (problem.GetProperty("status").GetInt32() != (int)answer.StatusCode)
        {
            faults.Add($"the problem says {problem.GetProperty("status")}, the status line {(int)answer.StatusCode}.");
        }

        if (codes?.Contains(code) is false)
        {
            faults.Add($"the code {code} is not declared for {(int)answer.StatusCode}: only {string.Join(", ", codes)}.");
        }

        return faults;
    }

    /// <summary>What the document calls wrong must not be taken.</summary>
    private async Task<IReadOnlyList<string>> RequestFaultsAsync(ApiOperation operation, HttpRequestMessage request, CancellationToken token)
    {
        var known = operation.Parameters.Where(parameter => parameter.GetProperty("in").GetString() == "query").ToDictionary(
            parameter => parameter.GetProperty("name").GetString()!, parameter => parameter.GetProperty("schema"), StringComparer.OrdinalIgnoreCase);
        List<string> faults = [];
        foreach (var (name, value) in QueryOf(request.RequestUri!))
        {
            faults.AddRange(known.TryGetValue(name, out var schema)
                ? requests.Faults(schema, Typed(schema, value)).Select(fault => $"the parameter {name} was taken although {fault}")
                : [$"the parameter {name} was taken, and there is none of that name."]);
        }

        // A body that comes with a GET means nothing, and nobody reads it
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && request.Content is (StringContent or ByteArrayContent or System.Net.Http.Json.JsonContent)
            && request.Content.Headers.ContentType?.MediaType is "application/json" and var mediaType
            && await request.Content.ReadAsStringAsync(token) is { Length: > 0 } body)
        {
            faults.AddRange(operation.BodySchema(mediaType) is { } schema
                ? requests.Faults(schema, JsonElement.Parse(body)).Select(fault => $"the body was taken although {fault}")
                : ["a body was taken, and none is declared."]);
        }

        return faults;
    }

    /// <summary>What the server says of bytes that are no request: that alone, and it hangs up; there is nobody to write a problem yet.</summary>
    private static async Task<bool> IsHungUpOnAsync(HttpResponseMessage answer, CancellationToken token) =>
        (int)answer.StatusCode is 400 or 408 or 414 or 431 && answer.Headers.ConnectionClose is true && answer.Content.Headers.ContentType is null
        && (await answer.Content.ReadAsByteArrayAsync(token)).Length == 0;

    // As the server reads it: dots mean what they mean, and an escaped slash parts nothing
    private static string PathOf(Uri address)
    {
        var decoded = Uri.UnescapeDataString(address.AbsolutePath.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
        var steps = new List<string>();
        foreach (var step in decoded.Split('/').Skip(1))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("." or ".."))
            {
                steps.Add(step);
            }
        }

        return "/" + string.Join('/', steps);
    }

    private static IEnumerable<(string Name, string Value)> QueryOf(Uri address) =>
        from part in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let pair = part.Split('=', 2)
        select (Decode(pair[0]), pair.Length == 2 ? Decode(pair[1]) : "");

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    /// <summary>What stands in an address or a header, as the JSON that the schema speaks of.</summary>
    private JsonElement Typed(JsonElement schema, string text)
    {
        var types = TypesOf(schema);
        var isBare = (types.Contains("integer") || types.Contains("number") || types.Contains("boolean")) && IsJson(text);
        return isBare ? JsonElement.Parse(text) : JsonSerializer.SerializeToElement(text);
    }

    private List<string> TypesOf(JsonElement schema) => schema.TryGetProperty("$ref", out var reference) ? TypesOf(document.Resolve(reference.GetString()!))
        : !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)]
        : [type.GetString()!];

    private static bool IsJson(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer, CancellationToken token)
    {
        try
        {
            return answer.Content.Headers.ContentType is MediaTypeHeaderValue { MediaType: Problem }
                ? JsonElement.Parse(await answer.Content.ReadAsStringAsync(token)).GetProperty("code").GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
