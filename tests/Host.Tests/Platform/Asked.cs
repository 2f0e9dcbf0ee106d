using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>Asks for one thing with headers of the test's choice, and reads problems.</summary>
internal static class Asked
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, HttpMethod method, string address, params (string Name, string Value)[] headers) =>
        client.AskAsync(method, address, null, headers);

    public static async Task<HttpResponseMessage> AskAsync(this HttpClient client, HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        // A body that is refused is then never sent
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1024 * 1024;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, Token);
    }

    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Finds a whole problem document with this status and code.</summary>
    public static async Task<JsonObject> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == status, $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["traceId"]!);
        return problem;
    }
}
