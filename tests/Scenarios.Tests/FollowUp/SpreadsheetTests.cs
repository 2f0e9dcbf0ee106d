using System.Net.Http.Headers;
using System.Text;
using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.FollowUp;

/// <summary>The team takes every list of recruitment into a spreadsheet.</summary>
public sealed class SpreadsheetTests(MilleCafesHost host)
{
    private const string Funnel = Candidates.Gerants + "/funnel";
    private const string Sources = Candidates.Offers + "/sources";

    [Fact]
    public async Task Every_list_of_recruitment_is_a_table_too_with_all_that_it_holds()
    {
        var token = TestContext.Current.CancellationToken;
        await GerantPath.AtAsync(host.Administrator, "inPost", host.NextInseeCode());
        await host.Administrator.SubmittedAsync(Letters.Letter(host.NextInseeCode()));
        var paths = (await host.Administrator.ReadAsync("/openapi/v1.json"))["paths"]!.AsObject();
        string[] lists = [.. paths.Where(path => path.Key.StartsWith("/v1/recruitment/", StringComparison.Ordinal) && !path.Key.Contains('{', StringComparison.Ordinal) && IsList(path.Value!)).Select(path => path.Key)];
        Assert.Contains("/v1/recruitment/waiting", lists);
        Assert.True(lists.Length >= 12, string.Join(' ', lists));
        var filled = 0;
        foreach (var list in lists)
        {
            string[] ids = [.. (await host.Administrator.ReadAsync($"{list}?limit=200"))["items"]!.AsArray().Select(item => item!["id"]).OfType<JsonNode>().Select(id => id.Text())];
            filled += ids.Length > 0 ? 1 : 0;
            using var answer = await AskedAsync($"{list}?limit=200");
            Assert.True(answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/csv", $"{list}: {answer.StatusCode} {answer.Content.Headers.ContentType}");
            var table = await answer.Content.ReadAsByteArrayAsync(token);
            Assert.True(table.AsSpan().StartsWith(Encoding.UTF8.Preamble), list);
            var rows = Encoding.UTF8.GetString(table)[1..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.True(rows.Length > ids.Length, $"{list}: {rows.Length} lines for {ids.Length} items and the names of the columns");
            Assert.All(ids, id => Assert.Contains(rows[1..], row => row.Contains(id, StringComparison.Ordinal)));
        }

        Assert.True(filled >= 7, $"only {filled} of {lists.Length} lists held anything");
    }

    [Fact]
    public async Task The_funnel_is_a_table_of_a_row_a_group_and_stage_and_the_sources_of_a_row_a_source()
    {
        var (partner, key) = await host.AddClientAsync(new { name = "Emplois ruraux", kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write" } });
        using var http = host.With(key);
        var offer = await host.Administrator.OfferAsync(host.NextInseeCode());
        await http.CandidateAsync(offer, studied: false);
        var studied = await http.CandidateAsync(offer, studied: false);
        await host.Administrator.DoneAsync($"{Candidates.Gerants}/{studied}/study");
        string[] stages = [.. (await host.Administrator.ReadAsync($"{Funnel}?source={partner}"))["stages"]!.AsArray().Select(stage => stage!["stage"].Text())];

        var whole = await TableAsync($"{Funnel}?source={partner}");
        Assert.Equal("antenne,sourceClientId,source,month,others,stage,reached,now,wentOn,declined,withdrawn,erased,medianDays,goesOn", whole[0]);
        Assert.Equal(stages, whole[1..].Select(row => row.Split(',')[5]));
        Assert.Equal([",,,,false,received,2,1,1,0,0,0,0,1", ",,,,false,studied,1,1,0,0,0,0,,"], whole[1..3]);

        var groups = await TableAsync($"{Funnel}?by=source&source={partner}");
        Assert.Equal((1 + stages.Length, $",{partner},,,false,received,2,1,1,0,0,0,0,1"), (groups.Length, groups[1]));
        Assert.Equal($",,,{Candidates.Today:yyyy-MM}-01,false,received,2,1,1,0,0,0,0,1", (await TableAsync($"{Funnel}?by=month&source={partner}"))[1]);
        Assert.Equal(["source,clientId,candidatures,inPost,offers,others", $",{partner},2,0,1,false"], await TableAsync($"{Sources}?offerId={offer}"));
    }

    [Fact]
    public async Task The_document_of_the_API_declares_the_tables_of_counts_and_shows_one_of_each()
    {
        var paths = (await host.Administrator.ReadAsync("/openapi/v1.json"))["paths"]!;
        Assert.StartsWith("antenne,sourceClientId,", TableOf(Funnel), StringComparison.Ordinal);
        Assert.StartsWith("source,clientId,", TableOf(Sources), StringComparison.Ordinal);

        string TableOf(string path) => paths[path]!["get"]!["responses"]!["200"]!["content"]!["text/csv"]!["example"].Text();
    }

    [Fact]
    public async Task An_operation_without_a_table_says_in_what_it_answers()
    {
        using var answer = await AskedAsync("/v1/access/me");
        Assert.Contains("application/json", (await answer.ReadAsync(HttpStatusCode.NotAcceptable))["detail"].Text(), StringComparison.Ordinal);
    }

    private async Task<string[]> TableAsync(string address)
    {
        using var answer = await AskedAsync(address);
        Assert.True(answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/csv", $"{address}: {answer.StatusCode} {answer.Content.Headers.ContentType}");
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<HttpResponseMessage> AskedAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        return await host.Administrator.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static bool IsList(JsonNode path) => path["get"]?["parameters"]?.AsArray().Any(parameter => parameter!["name"]?.Text() == "after") is true;
}
