using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

internal enum PlantedChoice
{
    FirstOne,
}

internal sealed record PlantedPlace(string InseeCode, string? Name);

internal sealed record PlantedView(
    Guid Id, string? Text, decimal Amount, PlantedChoice Choice, DateOnly Day, DateTimeOffset At, bool Open, PlantedPlace? Commune, IReadOnlyList<string> Codes, IReadOnlyList<PlantedPlace> Places);

internal sealed record PlantedEnd(Guid Id, DateTimeOffset DeletedAt);

internal sealed record PlantedList(IReadOnlyList<PlantedView> Items, string? Next, IReadOnlyList<PlantedEnd>? Ended);

/// <summary>Lists as tables for spreadsheets, and the link from page to page.</summary>
[Collection(nameof(Endpoints))]
public sealed class ListTests(MilleCafesHost host)
{
    private static readonly Guid Id = Guid.Parse("0190b8a0-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2023, 4, 3, 11, 0, 0, TimeSpan.FromHours(2));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_a_table_with_a_column_for_each_member()
    {
        var view = new PlantedView(Id, "Café « Le \"Zinc\" »,\nplace", -12.5m, PlantedChoice.FirstOne, new(2023, 4, 3), At, true, new("12268", "Sénergues"), ["12320", "12330"], [new("1", null)]);
        var table = await TableAsync(new([view, view with { Text = null, Commune = null, Codes = [], Places = [] }], "x", [new(Id, At)]));

        Assert.Equal(
            "\uFEFFid,text,amount,choice,day,at,open,commune.inseeCode,commune.name,codes,places,deletedAt\r\n"
            + $"{Id},\"Café « Le \"\"Zinc\"\" »,\nplace\",-12.5,firstOne,2023-04-03,2023-04-03T09:00:00Z,true,12268,Sénergues,12320; 12330,\"[{{\"\"inseeCode\"\":\"\"1\"\",\"\"name\"\":null}}]\",\r\n"
            + $"{Id},,-12.5,firstOne,2023-04-03,2023-04-03T09:00:00Z,true,,,,,\r\n"
            + $"{Id},,,,,,,,,,,2023-04-03T09:00:00Z\r\n",
            table);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+33 6 00 00 00 00")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("=HYPERLINK(\"https://x.example\",\"x\")")]
    public async Task A_text_that_a_spreadsheet_would_run_is_made_harmless(string text)
    {
        var view = new PlantedView(Id, text, 0, PlantedChoice.FirstOne, default, At, true, null, [text], []);
        var rows = Rows(await TableAsync(new([view], null, null)));
        Assert.Equal("'" + text, rows[1][1]);
        Assert.Equal("'" + text, rows[1][9]);
    }

    [Fact]
    public async Task Every_list_is_a_table_of_the_same_items()
    {
        foreach (var list in await Endpoints.ListsAsync(host))
        {
            // Others may add to it between the two
            await Eventually.True(() => IsTheSameTableAsync(list), TimeSpan.FromSeconds(20), $"{list} as a table");
        }
    }

    private async Task<bool> IsTheSameTableAsync(AnyOperation list)
    {
        using var json = await host.Administrator.AskAsync(HttpMethod.Get, list.Address + "?limit=200", ("Accept", "application/json;q=0.9, text/csv;q=0.8"));
        using var csv = await host.Administrator.AskAsync(HttpMethod.Get, list.Address + "?limit=200", ("Accept", "application/json;q=0.1, text/*"));
        var items = JsonNode.Parse(await json.Content.ReadAsStringAsync(Token))!["items"]!.AsArray();
        var bytes = await csv.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal("text/csv; charset=utf-8; header=present", csv.Header("Content-Type"));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var rows = Rows(Encoding.UTF8.GetString(bytes));
        Assert.NotEmpty(rows[0]);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        var key = rows[0][0];
        return items.Select(item => item![key]!.ToString()).SequenceEqual(rows.Skip(1).Select(row => row[0]));
    }

    [Fact]
    public async Task Every_list_leads_from_page_to_page_by_its_link_in_both_formats()
    {
        var followed = 0;
        foreach (var list in await Endpoints.ListsAsync(host))
        {
            foreach (var format in new[] { "application/json", "text/csv" })
            {
                using var whole = await host.Administrator.AskAsync(HttpMethod.Get, list.Address + "?limit=2", ("Accept", "application/json"));
                using var first = await host.Administrator.AskAsync(HttpMethod.Get, list.Address + "?limit=1", ("Accept", format));
                var (items, next) = await ReadAsync(whole);
                if (items.Count < 2)
                {
                    Assert.Null(first.Header("Link"));
                    continue;
                }

                followed++;
                var link = first.Header("Link")!;
                Assert.EndsWith(">; rel=\"next\"", link, StringComparison.Ordinal);
                using var second = await host.Administrator.AskAsync(HttpMethod.Get, link[1..link.IndexOf('>', StringComparison.Ordinal)]);
                Assert.Equal(items[1]!.ToJsonString(), (await ReadAsync(second)).Items.Single()!.ToJsonString());
                Assert.Equal(next is null, second.Header("Link") is null);
            }
        }

        Assert.NotEqual(0, followed);
    }

    [Fact]
    public async Task A_link_keeps_the_filters_as_they_were_written()
    {
        using var answer = await host.Administrator.AskAsync(HttpMethod.Get, "/v1/reference/communes?departement=80&after=80001&eligible=true&limit=1");
        Assert.Matches("^</v1/reference/communes\\?departement=80&eligible=true&limit=1&after=[0-9]+>; rel=\"next\"$", answer.Header("Link"));
        await host.Administrator.AskAsync(HttpMethod.Get, "/v1/recruitment/commune-candidatures");
        await Endpoints.AllAsync(host);
        using var choice = await host.Administrator.AskAsync(HttpMethod.Get, "/v1/recruitment/commune-candidatures?status=accepted&limit=1");
        Assert.Matches("^</v1/recruitment/commune-candidatures\\?status=accepted&limit=1&after=[A-Za-z0-9_-]+>; rel=\"next\"$", choice.Header("Link"));
    }

    private static async Task<(JsonArray Items, string? Next)> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        return (page["items"]!.AsArray(), (string?)page["next"]);
    }

    private static List<string[]> Rows(string table)
    {
        using var text = new StringReader(table.TrimStart('\uFEFF'));
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false });
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add(csv.Record!);
        }

        return rows;
    }

    private async Task<string> TableAsync(PlantedList list)
    {
        await using var own = await OwnHost.StartAsync(host, endpoints => endpoints
            .MapGet("/planted", () => Task.FromResult<Result<PlantedList>>(list).ToHttp()).Described("Plant", "Planter", "Plant").Answers<PlantedList>().AllowAnonymous());
        using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, "/planted", ("Accept", "text/csv"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(list.Next is null, answer.Header("Link") is null);
        return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Token));
    }
}
