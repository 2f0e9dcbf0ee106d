using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>What is promised of writes is true of each of them.</summary>
[Collection(nameof(Endpoints))]
public sealed class EveryWriteTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_write_to_something_refuses_a_revision_that_is_no_more_and_does_nothing()
    {
        var writes = (await Endpoints.ChangesAsync(host)).Where(one => one.HasParameter).ToList();
        Assert.NotEmpty(writes);
        var faults = new List<string>();
        foreach (var operation in writes)
        {
            using var writer = await Writer.OfAsync(host);
            var write = await operation.RightAsync(writer);
            using var stale = await operation.WriteAsync(writer, write, ("If-Match", "\"99-fr\""));
            if (stale.StatusCode != HttpStatusCode.PreconditionFailed)
            {
                faults.Add($"{operation}: {(int)stale.StatusCode}");
                continue;
            }

            await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "request.precondition_failed");
            Assert.Empty(await writer.EntriesAsync(operation.Name));
            using var done = await operation.WriteAsync(writer, write, ("If-Match", "*"));
            Assert.True(done.IsSuccessStatusCode, $"{operation}: {(int)done.StatusCode} {await done.Content.ReadAsStringAsync(Token)}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Every_write_that_only_creates_refuses_a_tag_and_does_nothing()
    {
        var writes = (await Endpoints.ChangesAsync(host)).Where(one => !one.HasParameter).ToList();
        Assert.NotEmpty(writes);
        foreach (var operation in writes)
        {
            using var writer = await Writer.OfAsync(host);
            var write = await operation.RightAsync(writer);
            foreach (var tag in new[] { "\"1-fr\"", "*", "nonsense" })
            {
                using var refused = await operation.WriteAsync(writer, write, ("If-Match", tag));
                await refused.ProblemAsync(HttpStatusCode.BadRequest, "request.if_match_unexpected");
            }

            Assert.Empty(await writer.EntriesAsync(operation.Name));
            using var done = await operation.WriteAsync(writer, write);
            Assert.True(done.IsSuccessStatusCode, $"{operation}: {(int)done.StatusCode} {await done.Content.ReadAsStringAsync(Token)}");
        }
    }

    [Fact]
    public async Task Every_change_that_changes_nothing_keeps_the_revision_and_leaves_no_entry()
    {
        var changes = (await Endpoints.ChangesAsync(host)).Where(one => one.Method is "PUT" or "PATCH").ToList();
        Assert.NotEmpty(changes);
        foreach (var operation in changes)
        {
            using var writer = await Writer.OfAsync(host);
            var write = await operation.RightAsync(writer);
            using var first = await operation.WriteAsync(writer, write);
            var told = (await writer.EntriesAsync(operation.Name)).Count;
            using var second = await operation.WriteAsync(writer, write, ("If-Match", first.Header("ETag")!));

            Assert.True(second.StatusCode == first.StatusCode, $"{operation}: {(int)second.StatusCode} {await second.Content.ReadAsStringAsync(Token)}");
            Assert.Equal(await first.Content.ReadAsStringAsync(Token), await second.Content.ReadAsStringAsync(Token));
            Assert.Equal((first.Header("ETag"), told), (second.Header("ETag"), (await writer.EntriesAsync(operation.Name)).Count));
            using var read = await writer.Client.AskAsync(HttpMethod.Get, write.Address);
            Assert.Equal(first.Header("ETag"), read.Header("ETag"));
            using var stale = await operation.WriteAsync(writer, write, ("If-Match", "\"99-fr\""));
            await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "request.precondition_failed");
        }
    }

    [Fact]
    public async Task Every_write_that_succeeds_leaves_an_entry_of_who_did_it()
    {
        var faults = new List<string>();
        foreach (var operation in await Endpoints.ChangesAsync(host))
        {
            using var writer = await Writer.OfAsync(host);
            using var done = await operation.WriteAsync(writer, await operation.RightAsync(writer));
            Assert.True(done.IsSuccessStatusCode, $"{operation}: {await done.Content.ReadAsStringAsync(Token)}");
            // What anybody may do is nobody's doing, unless they show a key otherwise
            var entries = await writer.EntriesAsync(operation.Name) is { Count: > 0 } || operation.NeedsKey ? await writer.EntriesAsync(operation.Name) : await AnybodysAsync(operation.Name);
            // A question changes nothing but what is mailed
            if (entries.Count == 0 && operation.Name is not ("AskForOwnData" or "ShowOwnInterviewSlots"))
            {
                faults.Add($"{operation} leaves no entry");
            }

            Assert.All(entries, entry => Assert.NotEmpty(entry.GetProperty("subjects").EnumerateArray()));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task<IReadOnlyList<JsonElement>> AnybodysAsync(string operation)
    {
        var page = await host.Administrator.GetFromJsonAsync<JsonElement>($"/v1/access/audit?operation={operation}", Token);
        return [.. page.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("clientId").ValueKind == JsonValueKind.Null)];
    }

    [Fact]
    public async Task Every_POST_behind_a_key_acts_once_under_one_key_of_the_act_and_answers_the_same()
    {
        // An erasure takes its own answer along: whoever repeats it is told that it is lost
        foreach (var operation in (await Endpoints.WritesAsync(host)).Where(one => one.NeedsKey && !one.Name.StartsWith("Erase", StringComparison.Ordinal)))
        {
            using var writer = await Writer.OfAsync(host);
            var write = await operation.RightAsync(writer);
            var key = ("Idempotency-Key", $"{Guid.CreateVersion7()}");
            using var first = await operation.WriteAsync(writer, write, key);
            var told = (await writer.EntriesAsync(operation.Name)).Count;
            using var second = await operation.WriteAsync(writer, write, key);

            Assert.True(first.IsSuccessStatusCode, $"{operation}: {await first.Content.ReadAsStringAsync(Token)}");
            Assert.True(first.StatusCode == second.StatusCode, $"{operation}: {second.StatusCode} after {first.StatusCode}");
            Assert.True(second.Header("Idempotent-Replayed") == "true" && first.Header("Idempotent-Replayed") is null, $"{operation} does not say which answer is the first");
            Assert.Equal(await first.Content.ReadAsStringAsync(Token), await second.Content.ReadAsStringAsync(Token));
            foreach (var header in new[] { "Location", "ETag", "Content-Type", "Content-Language" })
            {
                Assert.True(first.Header(header) == second.Header(header), $"{operation}: {header}");
            }

            Assert.True((await writer.EntriesAsync(operation.Name)).Count == told, $"{operation} acts twice");
        }
    }

    [Fact]
    public async Task Every_POST_behind_a_key_looks_at_the_key_of_the_act()
    {
        foreach (var write in (await Endpoints.WritesAsync(host)).Where(one => one.NeedsKey))
        {
            using var answer = await host.Administrator.AskAsync(HttpMethod.Post, write.Address, write.Nothing, ("Idempotency-Key", "a b"));
            await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.idempotency_key_malformed");
        }
    }
}
