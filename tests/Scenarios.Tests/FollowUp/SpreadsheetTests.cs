using System.Net.Http.Headers;
using System.Text;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.FollowUp;

/// <summary>The team takes every list of recruitment into a spreadsheet.</summary>
public sealed class SpreadsheetTests(MilleCafesHost host)
{
    [Fact]
    public async Task Every_list_of_recruitment_is_a_table_too_with_all_that_it_holds()
    {
        var token = TestContext.Current.CancellationToken;
        await GerantPath.AtAsync(host.Administrator, "inPost", host.NextInseeCode());
        var paths = (await host.Administrator.ReadAsync("/openapi/v1.json"))["paths"]!.AsObject();
        string[] lists = [.. paths.Where(path => path.Key.StartsWith("/v1/recruitment/", StringComparison.Ordinal) && !path.Key.Contains('{', StringComparison.Ordinal) && IsList(path.Value!)).Select(path => path.Key)];
        Assert.Contains("/v1/recruitment/waiting", lists);
        Assert.True(lists.Length >= 12, string.Join(' ', lists));
        var filled = 0;
        foreach (var list in lists)
        {
            string[] ids = [.. (await host.Administrator.ReadAsync($"{list}?limit=200"))["items"]!.AsArray().Select(item => item!["id"]).OfType<JsonNode>().Select(id => id.Text())];
            filled += ids.Length > 0 ? 1 : 0;
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{list}?limit=200");
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
            using var answer = await host.Administrator.SendAsync(request, token);
            Assert.True(answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/csv", $"{list}: {answer.StatusCode} {answer.Content.Headers.ContentType}");
            var table = await answer.Content.ReadAsByteArrayAsync(token);
            Assert.True(table.AsSpan().StartsWith(Encoding.UTF8.Preamble), list);
            var rows = Encoding.UTF8.GetString(table)[1..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.True(rows.Length > ids.Length, $"{list}: {rows.Length} lines for {ids.Length} items and the names of the columns");
            Assert.All(ids, id => Assert.Contains(rows[1..], row => row.Contains(id, StringComparison.Ordinal)));
        }

        Assert.True(filled >= 7, $"only {filled} of {lists.Length} lists held anything");
    }

    private static bool IsList(JsonNode path) => path["get"]?["parameters"]?.AsArray().Any(parameter => parameter!["name"]?.Text() == "after") is true;
}
