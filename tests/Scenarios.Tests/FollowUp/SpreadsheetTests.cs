using System.Net.Http.Headers;
using System.Text;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.FollowUp;

/// <summary>The team takes every list of recruitment into a spreadsheet.</summary>
public sealed class SpreadsheetTests(MilleCafesHost host)
{
    [Fact]
    public async Task Every_list_of_recruitment_is_a_table_too()
    {
        var token = TestContext.Current.CancellationToken;
        var paths = (await host.Administrator.ReadAsync("/openapi/v1.json"))["paths"]!.AsObject();
        string[] lists = [.. paths.Where(path => path.Key.StartsWith("/v1/recruitment/", StringComparison.Ordinal) && !path.Key.Contains('{', StringComparison.Ordinal) && IsList(path.Value!)).Select(path => path.Key)];
        Assert.Contains("/v1/recruitment/waiting", lists);
        Assert.True(lists.Length >= 12, string.Join(' ', lists));
        foreach (var list in lists)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, list);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
            using var answer = await host.Administrator.SendAsync(request, token);
            Assert.True(answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/csv", $"{list}: {answer.StatusCode} {answer.Content.Headers.ContentType}");
            Assert.True((await answer.Content.ReadAsByteArrayAsync(token)).AsSpan().StartsWith(Encoding.UTF8.Preamble), list);
        }
    }

    private static bool IsList(JsonNode path) => path["get"]?["parameters"]?.AsArray().Any(parameter => parameter!["name"]?.Text() == "after") is true;
}
