using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Tests.Platform;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Events;

/// <summary>The feed forgets after thirty days, and never in silence.</summary>
public sealed class FeedRetentionTests(MilleCafesHost neighbour)
{
    private const string Unknown = "webhooks.cursor_unknown";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_reads_on_after_what_is_no_longer_kept_hears_of_it()
    {
        await using var own = await OwnHost.StartAsync(neighbour);
        using var client = Client(own);
        var events = await InsertAsync(own, Now.AddDays(-31), Now.AddDays(-30).AddMinutes(-1), Now.AddDays(-30).AddMinutes(10), Now);

        Assert.Equal(events[2..], await ReadAsync(client, ""));
        Assert.Equal(events[1..], await ReadAsync(client, $"after={FeedCursor.Of(1)}"));
        await own.Services.GetRequiredService<WebhookPurge>().PurgeAsync(Token);

        Assert.Equal(events[2..], await ReadAsync(client, ""));
        Assert.Equal(events[2..], await ReadAsync(client, $"after={FeedCursor.Of(2)}"));
        Assert.Empty(await ReadAsync(client, $"after={FeedCursor.Of(1)}&type=recruitment.*"));
        foreach (var more in new[] { "", $"&type={Samples.Opened}", "&type=accompaniment.*", "&type=*" })
        {
            await RefusedAsync(client, $"after={FeedCursor.Of(1)}{more}");
        }
    }

    [Fact]
    public async Task What_stands_after_a_younger_event_is_kept_as_long_as_that_one()
    {
        await using var own = await OwnHost.StartAsync(neighbour);
        using var client = Client(own);
        var events = await InsertAsync(own, Now.AddDays(-30).AddMinutes(10));
        await ReadAsync(client, "");
        var late = await InsertAsync(own, Now.AddDays(-31));

        await own.Services.GetRequiredService<WebhookPurge>().PurgeAsync(Token);

        Assert.Equal(late, await ReadAsync(client, $"after={FeedCursor.Of(1)}"));
        Assert.Equal(events, await ReadAsync(client, ""));
    }

    [Fact]
    public async Task An_instant_counts_a_minute_less_and_one_before_all_that_is_kept_is_refused()
    {
        await using var own = await OwnHost.StartAsync(neighbour);
        using var client = Client(own);
        var events = await InsertAsync(own, Now.AddSeconds(-90), Now.AddSeconds(-50));

        Assert.Equal(events[1..], await ReadAsync(client, $"updatedSince={Text(Now)}"));
        Assert.Equal(events, await ReadAsync(client, $"updatedSince={Text(Now.AddDays(-30).AddMinutes(10))}"));
        Assert.Equal(events[1..], await ReadAsync(client, $"updatedSince={Text(Now.AddDays(-40))}&after={FeedCursor.Of(1)}"));
        await RefusedAsync(client, $"updatedSince={Text(Now.AddDays(-30).AddSeconds(-1))}");
        await RefusedAsync(client, "updatedSince=0001-01-01T00:00:00Z");
    }

    [Fact]
    public async Task A_cursor_that_the_feed_has_never_given_is_refused_and_that_of_the_last_event_is_not()
    {
        await using var own = await OwnHost.StartAsync(neighbour);
        using var client = Client(own);
        await RefusedAsync(client, $"after={FeedCursor.Of(1)}", Unknown);
        var events = await InsertAsync(own, Now.AddMinutes(-2), Now.AddMinutes(-1));

        Assert.Equal(events[1..], await ReadAsync(client, $"after={FeedCursor.Of(1)}"));
        Assert.Empty(await ReadAsync(client, $"after={FeedCursor.Of(2)}"));
        foreach (var cursor in new[] { FeedCursor.Of(3), FeedCursor.Of(long.MaxValue) })
        {
            await RefusedAsync(client, $"after={cursor}", Unknown);
            await RefusedAsync(client, $"after={cursor}&type=access.*&updatedSince={Text(Now)}", Unknown);
        }
    }

    private static HttpClient Client(OwnHost own) => Clients.Of(own.Anonymous.BaseAddress!, own.Key);

    private static string Text(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";

    private static async Task<string[]> ReadAsync(HttpClient client, string query) =>
        [.. (await Partner.ListAsync(client, $"/v1/webhooks/events?{query}")).Select(item => item.GetProperty("webhookId").GetString()!)];

    private static async Task RefusedAsync(HttpClient client, string query, string code = "webhooks.cursor_too_old")
    {
        var problem = await Partner.ReadAsync(await client.GetAsync($"/v1/webhooks/events?{query}", Token), HttpStatusCode.Gone);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    /// <summary>Events that were recorded at these instants, in this order.</summary>
    private static async Task<string[]> InsertAsync(OwnHost own, params DateTimeOffset[] instants)
    {
        var events = instants.Select(at => Samples.Event() with { Id = Guid.CreateVersion7(at), RecordedAt = at }).ToArray();
        await using var session = own.Services.GetRequiredService<IWebhooksStore>().LightweightSession();
        session.Insert(events);
        await session.SaveChangesAsync(Token);
        return [.. events.Select(news => WebhookEvent.WebhookIdOf(news.Id))];
    }
}
