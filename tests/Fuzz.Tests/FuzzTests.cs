using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Npgsql;
using Xunit;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Whatever is sent by whomever, the host answers as its document says, shows nobody what is another's, keeps nothing that it cannot show, and does not grow.</summary>
public sealed class FuzzTests(MilleCafesHost host, Report report)
{
    private const long Megabyte = 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_is_sent_breaks_the_host_its_promises_or_its_data()
    {
        var document = ApiDocument.Parse(await host.Anonymous.GetStringAsync("/openapi/v1.json", Token));
        var memory = new Memory();
        using var holders = await Holders.PlantAsync(host, memory, Token);
        var deeds = new Deeds(document, holders, Extent.Seed);
        using var campaign = new Campaign(host, document, memory, holders, deeds);
        var since = Stopwatch.GetTimestamp();

        // What is theirs is seen before they change it themselves
        var lists = new Lists(campaign, document);
        foreach (var holder in holders.Limited)
        {
            await lists.ReadAllAsync(holder, Token);
        }

        // Code is compiled and pools are filled before anything is weighed
        await campaign.SendAsync(Extent.Requests / 4, Extent.Seed, Token);
        var (heap, resident) = Weigh();
        await campaign.SendAsync(Extent.Requests - (Extent.Requests / 4), Extent.Seed + 1, Token);
        var (heapAfter, residentAfter) = Weigh();

        await AssertCleanAsync(campaign);
        var stored = await lists.ReadAllAsync(holders.Administrator, Token);
        foreach (var holder in holders.Limited)
        {
            await lists.ReadAllAsync(holder, Token);
        }

        await AssertCleanAsync(campaign);
        var answered = campaign.Statuses.OrderBy(status => status.Key).ToList();
        report.Tell(
            $"{answered.Sum(status => status.Value)} requests to {document.All.Count} operations in {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s: "
            + string.Join(", ", answered.Select(status => $"{status.Value} × {status.Key}"))
            + $"; {stored} things stored and read; heap {heap / Megabyte} → {heapAfter / Megabyte} MB, resident {resident / Megabyte} → {residentAfter / Megabyte} MB");

        // Otherwise it would only have knocked at closed doors
        var (closed, open) = (document.All.Where(operation => campaign.Count(operation, status => status < 300) == 0).ToList(), document.All.Where(operation => campaign.Count(operation, status => status >= 400) == 0).ToList());
        report.Tell($"{deeds.Done} writes prepared; not prepared: {string.Join("; ", deeds.Unprepared.DefaultIfEmpty("none"))}");
        report.Tell($"never succeeded: {string.Join(", ", closed)}; never refused: {string.Join(", ", open)}");
        // None may stay closed for good; a short run does not come to every one of them
        Assert.True(closed.Count * 5 <= (Extent.Long ? 0 : document.All.Count), $"These never succeeded (MILLECAFES_SEED={Extent.Seed}): {string.Join(", ", closed)}");
        // Others may stand in the way of some, not of many
        Assert.True(deeds.Unprepared.Count * 5 <= deeds.Done, $"These were not prepared (MILLECAFES_SEED={Extent.Seed}): {string.Join("; ", deeds.Unprepared)}");
        Assert.Empty(holders.Unseen);
        Assert.Empty(open);
        Assert.True(stored > 0);
        Assert.True(heapAfter - heap < 100 * Megabyte, $"The heap grew from {heap / Megabyte} to {heapAfter / Megabyte} MB.");
        Assert.True(residentAfter - resident < 500 * Megabyte, $"The process grew from {resident / Megabyte} to {residentAfter / Megabyte} MB.");
    }

    [Fact]
    public async Task Broken_HTTP_is_answered_by_a_refusal_or_a_closed_connection()
    {
        var random = new Random(Extent.Seed);
        for (var round = 0; round < Extent.Rounds; round++)
        {
            foreach (var (name, bytes) in BrokenHttp.All(random))
            {
                var status = await BrokenHttp.SendAsync(host.Anonymous.BaseAddress!, bytes, Token);
                Assert.True(status is null or 505 or (>= 200 and < 500), $"{name} → {status} (MILLECAFES_SEED={Extent.Seed})");
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.GetAsync("/health/ready", Token)).StatusCode);
    }

    [Theory]
    [InlineData("application/json; charset=nothing", "{}", 415, "request.media_type_unsupported")]
    public async Task What_was_found_stays_mended(string contentType, string body, int status, string code)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        using var answer = await host.Administrator.PostAsync(new Uri("/v1/recruitment/commune-candidatures", UriKind.Relative), content, Token);

        Assert.Equal((status, code), ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Where_no_key_is_needed_an_id_that_is_none_is_unknown()
    {
        var document = ApiDocument.Parse(await host.Anonymous.GetStringAsync("/openapi/v1.json", Token));
        var open = document.All.Where(operation => operation.IsOpen && operation.Path.Contains("{id}", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(open);
        foreach (var operation in open)
        {
            using var request = new HttpRequestMessage(operation.Method, operation.Path.Replace("{id}", "none", StringComparison.Ordinal));
            using var answer = await host.Anonymous.SendAsync(request, Token);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{operation} → {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/v1/webhooks/deliveries?subscriptionId=018790c45b407c3b9a523f1f2e8d4c10")]
    [InlineData("/v1/webhooks/deliveries?SubscriptionId=%7B018790c4-5b40-7c3b-9a52-3f1f2e8d4c10%7D")]
    [InlineData("/v1/accompaniment/projects?limit=%2B1")]
    [InlineData("/v1/accompaniment/projects?limit=%201")]
    [InlineData("/v1/accompaniment/projects?limit=01")]
    [InlineData("/v1/accompaniment/projects?limit=")]
    [InlineData("/v1/recruitment/commune-candidatures?eligible=TRUE")]
    [InlineData("/v1/recruitment/commune-candidatures?eligible=")]
    [InlineData("/v1/recruitment/gerant-candidatures/funnel?from=12/03/2026")]
    public async Task A_parameter_is_written_as_the_document_says_or_refused(string target)
    {
        using var answer = await host.Administrator.GetAsync(new Uri(target, UriKind.Relative), Token);

        Assert.Equal((400, "unreadable"), ((int)answer.StatusCode,
            JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token)).GetProperty("errors")[0].GetProperty("code").GetString()));
    }

    private async Task AssertCleanAsync(Campaign campaign)
    {
        Assert.True(campaign.Faults.Count == 0, $"MILLECAFES_SEED={Extent.Seed}\n{string.Join("\n\n", campaign.Faults.Take(20))}");
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.GetAsync("/health/ready", Token)).StatusCode);
        await using var source = NpgsqlDataSource.Create(host.Connection);
        await using var command = source.CreateCommand("select count(*) from wolverine.wolverine_dead_letters");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Token));
    }

    // Mails are kept by the tests, not by the host
    private (long Heap, long Resident) Weigh()
    {
        host.Mails.Forget();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), self.WorkingSet64);
    }
}
