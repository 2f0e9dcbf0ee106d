using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>A text that nobody else writes, sent wherever a request takes one.</summary>
internal sealed partial class Marker
{
    private readonly List<(HttpClient Http, string Path, JsonNode Body, string Key)> requests = [];
    private int written;

    // Letters alone, so that no normalised telephone or number takes a part of it
    public string Text { get; } = "mq" + string.Concat(Guid.CreateVersion7().ToByteArray()[9..].Select(one => $"{(char)('a' + (one & 15))}{(char)('a' + (one >> 4))}"));

    /// <summary>The word with a number that no other place has.</summary>
    public string Next() => $"{Text}x{++written}x";

    public string Email => $"{Text}@example.org";

    public string Phone => $"06 39 98 12 34 {Text}";

    public string Link => $"https://visio.example.org/{Next()}";

    /// <summary>Where it was sent: method, address and JSON pointer, without ids and indices.</summary>
    public HashSet<string> Places { get; } = [];

    /// <summary>Sends it with everything a request has: body, agent and key of idempotency.</summary>
    public async Task<JsonNode?> SendAsync(HttpClient http, string path, object body, HttpStatusCode status = HttpStatusCode.OK)
    {
        var (node, key) = (JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!, $"{Text}-{requests.Count}");
        Note($"POST {ShapeOf(path)} ", node, "");
        requests.Add((http, path, node, key));
        using var answer = await AskAsync(http, path, node, key);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{path}: {(int)answer.StatusCode} instead of {(int)status}: {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>Puts something in the place of what is there.</summary>
    public async Task ReplaceAsync(HttpClient http, string path, object body)
    {
        var node = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!;
        Note($"PUT {ShapeOf(path)} ", node, "");
        using var answer = await http.PutAsJsonAsync(path, node, TestContext.Current.CancellationToken);
        await answer.ReadAsync(HttpStatusCode.OK);
    }

    /// <summary>Creates something, and returns its id.</summary>
    public async Task<string> CreatedAsync(HttpClient http, string path, object body) => (await SendAsync(http, path, body, HttpStatusCode.Created))!["id"].Text();

    /// <summary>What is answered to holders who repeat what they sent; who has no key does it anew.</summary>
    public async Task<IReadOnlyList<string>> RepeatAsync()
    {
        var answers = new List<string>();
        foreach (var (http, path, body, key) in requests.Where(request => request.Http.DefaultRequestHeaders.Authorization is not null))
        {
            using var answer = await AskAsync(http, path, body, key);
            answers.Add($"{path}: {await answer.Content.ReadAsStringAsync()}");
        }

        return answers;
    }

    public static string ShapeOf(string path) => Parameter().Replace(path, "{}");

    private async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, JsonNode body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.UserAgent.ParseAdd(Text);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private void Note(string operation, JsonNode? node, string pointer)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Note(operation, value, $"{pointer}/{name}");
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Note(operation, item, $"{pointer}/*");
                }

                break;
            case not null when node.ToString().Contains(Text, StringComparison.Ordinal):
                Places.Add(operation + pointer);
                break;
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|{[^}]*}")]
    private static partial Regex Parameter();
}
