using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>Each operation refuses in French, or in English to who prefers it.</summary>
[Collection(nameof(Endpoints))]
public sealed partial class EveryLanguageTests(MilleCafesHost host)
{
    private static readonly JsonNode[] Wrong = ["", new string('x', 5_000), -1, new JsonArray(""), new JsonArray()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_refuses_in_both_languages()
    {
        foreach (var operation in await Endpoints.AllAsync(host))
        {
            await CompareAsync(operation, operation.Address + "?sarch=x", operation.Nothing);
            await CompareAsync(operation, operation.Address, operation.Nothing, host.Anonymous);
            if (operation.HasParameter)
            {
                await CompareAsync(operation, Unknown().Replace(operation.Address, $"{Guid.CreateVersion7()}"), operation.Nothing);
            }

            if (operation.IsList)
            {
                await CompareAsync(operation, operation.Address + "?limit=0", null);
                await CompareAsync(operation, operation.Address + "?after=x", null);
            }

            if (operation.HasBody)
            {
                await CompareAsync(operation, operation.Address, new StringContent("{\"x\":1}", Encoding.UTF8, "application/json"));
                await CompareAsync(operation, operation.Address, new StringContent("{", Encoding.UTF8, "application/json"));
            }
        }
    }

    [Fact]
    public async Task Every_rule_of_a_body_and_every_act_that_cannot_be_done_twice_says_so_in_both_languages()
    {
        using var writer = await Writer.OfAsync(host);
        var compared = 0;
        foreach (var operation in (await Endpoints.ChangesAsync(host)).Where(one => one.NeedsKey))
        {
            var write = await operation.RightAsync(writer);
            foreach (var (member, value) in JsonSerializer.SerializeToNode(write.Body ?? new())!.AsObject().SelectMany(member => Wrong, (member, value) => (member.Key, value)))
            {
                var spoilt = JsonSerializer.SerializeToNode(write.Body)!.AsObject();
                spoilt[member] = value.DeepClone();
                compared += await CompareAsync(operation, write.Address, JsonContent.Create(spoilt), writer.Client) ? 1 : 0;
            }

            write = await operation.RightAsync(writer);
            using var done = await operation.WriteAsync(writer, write);
            using var again = await operation.WriteAsync(writer, write);
            compared += !again.IsSuccessStatusCode && await CompareAsync(operation, write.Address, write.Content, writer.Client, () => write.Content) ? 1 : 0;
        }

        Assert.NotEqual(0, compared);
    }

    /// <returns>Whether there was a refusal to compare.</returns>
    private async Task<bool> CompareAsync(AnyOperation operation, string address, HttpContent? content, HttpClient? client = null, Func<HttpContent?>? another = null)
    {
        var body = content is null || another is not null ? null : await content.ReadAsByteArrayAsync(Token);
        if (await ProblemAsync("fr") is not { } french)
        {
            return false;
        }

        if (await ProblemAsync("en") is not { } english)
        {
            // What stood in the way of a second time, such as a replay under way, can be over meanwhile
            Assert.True(another is not null, $"{operation}: {french}, but not in English");
            return false;
        }

        Assert.Equal((string?)french["code"], (string?)english["code"]);
        Assert.True((string?)french["title"] != (string?)english["title"], $"{operation}: « {french["title"]} » twice");
        var (own, other) = (Sentences(french), Sentences(english));
        Assert.Equal(own.Count, other.Count);
        foreach (var (one, two) in own.Zip(other))
        {
            Assert.True(one.Length > 0 && one != two, $"{operation}: « {one} » in both languages");
            Assert.False(English().IsMatch(one), $"{operation}: « {one} » is English");
            Assert.False(French().IsMatch(OfBoth().Replace(two, "")), $"{operation}: « {two} » is French");
        }

        return true;

        async Task<JsonObject?> ProblemAsync(string language)
        {
            var sent = another?.Invoke() ?? (body is null ? null : new ByteArrayContent(body) { Headers = { ContentType = content!.Headers.ContentType } });
            using var answer = await (client ?? host.Administrator).AskAsync(new(operation.Method), address, sent, ("Accept-Language", language));
            if (answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            {
                return null;
            }

            Assert.True(answer.Header("Content-Language") == language, $"{operation}: {answer.Header("Content-Language")} for {language}");
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!.AsObject();
        }
    }

    private static List<string> Sentences(JsonObject problem) =>
    [
        (string)problem["detail"]!,
        .. problem["errors"]?.AsArray().SelectMany(error => error!.AsObject().Where(member => member.Key is not ("pointer" or "code")).Select(member => (string)member.Value!)) ?? [],
    ];

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{5}$")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"\b(the|is|are|must|not|of|this|that|with|should|field|value)\b", RegexOptions.IgnoreCase)]
    private static partial Regex English();

    // The domain's own words are the same in English
    [GeneratedRegex(@"\b(gérances?|gérants?|cafés?|départements?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfBoth();

    [GeneratedRegex(@"\b(le|la|les|des|une|est|sont|doit|cette|ce|avec|champ|valeur)\b|[éèêàç]", RegexOptions.IgnoreCase)]
    private static partial Regex French();
}
