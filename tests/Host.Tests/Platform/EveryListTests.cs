using System.Net;
using System.Text.Json;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>What is promised of lists is true of each of them.</summary>
[Collection(nameof(Endpoints))]
public sealed class EveryListTests(MilleCafesHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // The registry of communes comes with a version of the host: nothing in it is written
    // What will be erased is foreseen in years, and is empty now
    // What has waited longest comes first: what was just written is pages away
    private static readonly HashSet<string> NeverWritten = ["ListCommunes", "ListWaiting", NotDueYet];

    private const string NotDueYet = "ListDueErasures";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_list_tells_what_was_just_written_and_nothing_of_a_far_future()
    {
        using var writer = await Writer.OfAsync(host);
        var lists = await WrittenAsync();
        var known = new Dictionary<string, HashSet<string>>();
        foreach (var list in lists)
        {
            known[list.Name] = await IdsAsync(writer.Client, list.Address);
        }

        var before = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null);
        foreach (var operation in (await Endpoints.ChangesAsync(host)).Where(one => one.NeedsKey))
        {
            using var done = await operation.WriteAsync(writer, await operation.RightAsync(writer));
            Assert.True(done.IsSuccessStatusCode, $"{operation}: {await done.Content.ReadAsStringAsync(Token)}");
        }

        var faults = new List<string>();
        foreach (var list in lists)
        {
            // Some of it comes by messages
            HashSet<string> added = [];
            await Eventually.True(async () => (added = [.. (await IdsAsync(writer.Client, list.Address)).Except(known[list.Name])]).Count > 0, Patience, $"{list} has something new");
            var missing = added.Except(await IdsAsync(writer.Client, $"{list.Address}?updatedSince={before}")).ToList();
            var future = await PageAsync(writer.Client, $"{list.Address}?updatedSince=2999-01-01T00:00:00Z");
            Expect(missing.Count == 0, $"{list} does not tell {missing.Count} of {added.Count} that were written since {before}");
            Expect(future.GetProperty("items").GetArrayLength() == 0, $"{list} tells of a far future");
            Expect(future.TryGetProperty("ended", out var ended) && ended.GetArrayLength() == 0, $"{list} does not say that nothing ends in a far future");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));

        void Expect(bool holds, string what) => faults.AddRange(holds ? [] : [what]);
    }

    [Fact]
    public async Task What_was_deleted_is_told_as_ended_to_who_asks_what_changed()
    {
        using var writer = await Writer.OfAsync(host);
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null);
        var deletions = (await Endpoints.ChangesAsync(host)).Where(one => one.Method == "DELETE").ToList();
        Assert.NotEmpty(deletions);
        foreach (var deletion in deletions)
        {
            var write = await deletion.RightAsync(writer);
            var (list, id) = (write.Address[..write.Address.LastIndexOf('/')], write.Address.Split('/')[^1]);
            Assert.Contains(id, await IdsAsync(writer.Client, list));
            using var done = await deletion.WriteAsync(writer, write);

            Assert.DoesNotContain(id, await IdsAsync(writer.Client, list));
            var changed = await PageAsync(writer.Client, $"{list}?updatedSince={before}&limit=200");
            var ended = Assert.Single(changed.GetProperty("ended").EnumerateArray(), one => one.GetProperty("id").GetString() == id);
            Assert.True(string.CompareOrdinal(ended.GetProperty("deletedAt").GetString(), before) >= 0, $"{deletion}: {ended}");
        }
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("200", true)]
    [InlineData("201", false)]
    [InlineData("-1", false)]
    [InlineData("x", false)]
    [InlineData("", false)]
    [InlineData("99999999999999999999", false)]
    public async Task Every_list_has_pages_of_1_to_200(string limit, bool taken)
    {
        foreach (var list in await Endpoints.ListsAsync(host))
        {
            using var answer = await host.Administrator.AskAsync(HttpMethod.Get, $"{list.Address}?limit={limit}");
            if (taken)
            {
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{list}: {answer.StatusCode}");
                continue;
            }

            var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed");
            Assert.Equal("/limit", (string?)Assert.Single(problem["errors"]!.AsArray())!["pointer"]);
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("018790c4-5b40-7c3b-9a52-3f1f2e8d4c10")]
    [InlineData("%00")]
    [InlineData("'%20or%201=1--")]
    public async Task Every_list_refuses_a_cursor_that_it_did_not_give(string cursor)
    {
        foreach (var list in await Endpoints.ListsAsync(host))
        {
            using var answer = await host.Administrator.AskAsync(HttpMethod.Get, $"{list.Address}?after={cursor}");
            var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed");
            Assert.Equal("/after", (string?)Assert.Single(problem["errors"]!.AsArray())!["pointer"]);
        }
    }

    [Fact]
    public async Task Every_list_refuses_the_cursor_of_another()
    {
        using var writer = await Writer.OfAsync(host);
        foreach (var operation in (await Endpoints.ChangesAsync(host)).Where(one => one.NeedsKey).SelectMany(one => Enumerable.Repeat(one, 2)))
        {
            using var done = await operation.WriteAsync(writer, await operation.RightAsync(writer));
        }

        var (lists, cursors) = ((await Endpoints.ListsAsync(host)).Where(list => list.Name != NotDueYet).ToList(), new Dictionary<string, string>());
        foreach (var list in lists)
        {
            await Eventually.True(
                async () => (cursors[list.Name] = (await PageAsync(writer.Client, $"{list.Address}?limit=1")).GetProperty("next").GetString()!) is not null, Patience, $"{list} has a second page");
        }

        foreach (var list in lists)
        {
            foreach (var (other, cursor) in cursors)
            {
                using var answer = await writer.Client.AskAsync(HttpMethod.Get, $"{list.Address}?after={cursor}");
                if (other == list.Name)
                {
                    Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{list}: {answer.StatusCode}");
                    continue;
                }

                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{list} takes the cursor of {other}");
                var fault = Assert.Single((await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed"))["errors"]!.AsArray())!;
                Assert.Equal(("/after", "bad_cursor"), ((string?)fault["pointer"], (string?)fault["code"]));
            }
        }
    }

    private async Task<IReadOnlyList<AnyOperation>> WrittenAsync()
    {
        var lists = (await Endpoints.ListsAsync(host)).Where(list => !NeverWritten.Contains(list.Name)).ToList();
        Assert.NotEmpty(lists);
        return lists;
    }

    /// <summary>The first member of each item, which tells it from the others, on all pages.</summary>
    private static async Task<HashSet<string>> IdsAsync(HttpClient client, string address)
    {
        var (ids, next) = (new HashSet<string>(), "");
        while (next is not null)
        {
            var page = await PageAsync(client, $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=200{next}");
            ids.UnionWith(page.GetProperty("items").EnumerateArray().Select(item => item.EnumerateObject().First().Value.GetString()!));
            next = page.GetProperty("next").GetString() is { } cursor ? $"&after={cursor}" : null;
        }

        return ids;
    }

    private static async Task<JsonElement> PageAsync(HttpClient client, string address)
    {
        using var answer = await client.AskAsync(HttpMethod.Get, address);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {text}");
        return JsonElement.Parse(text);
    }
}
