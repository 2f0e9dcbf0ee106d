using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Tests.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Events;

/// <summary>Whoever reads the feed to its end has missed nothing, whatever was written meanwhile.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class EventFeedTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_feed_has_the_same_events_with_the_same_bodies_as_were_sent()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        await partner.SubscribeAsync(receiver.Address, "*");
        var end = await EndAsync(partner);
        await partner.AcceptCommuneAsync();
        var received = new[] { await receiver.NextAsync(Token), await receiver.NextAsync(Token) }.OrderBy(news => news.Id);

        var read = await ReadAsync(partner, end);

        Assert.Equal(received.Select(news => (news.Id, news.Body)), read.Select(item => (Id(item), item.GetProperty("body").GetRawText())).OrderBy(item => item.Item1));
        Assert.Equal([Samples.Opened], (await ReadAsync(partner, end, "&type=accompaniment.*")).Select(Type));
        Assert.Equal([Samples.Accepted], (await ReadAsync(partner, end, $"&type={Samples.Accepted}")).Select(Type));
        Assert.Equal(2, (await ReadAsync(partner, end, "&type=*")).Length);
        Assert.Empty(await ReadAsync(partner, read[^1].GetProperty("cursor").GetString()!));
    }

    [Fact]
    public async Task An_event_that_becomes_visible_after_younger_ones_were_read_is_not_missed()
    {
        await using var partner = await Partner.OfAsync(host);
        await host.AnnounceAsync(Accepted());
        var end = await EndAsync(partner);
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var connection = await database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var late = await InsertCopyAsync(connection);
        await host.AnnounceAsync(Accepted());
        var younger = await ReadAsync(partner, end);

        await transaction.CommitAsync(Token);

        Assert.Equal(WebhookEvent.WebhookIdOf(late), Id(Assert.Single(await ReadAsync(partner, younger[^1].GetProperty("cursor").GetString()!))));
        Assert.Equal([.. younger.Select(Id), WebhookEvent.WebhookIdOf(late)], (await ReadAsync(partner, end)).Select(Id));
    }

    [Fact]
    public async Task Readers_that_follow_while_many_write_at_once_read_each_event_exactly_once_and_all_in_one_order()
    {
        const int writers = 8, each = 40;
        await using var partner = await Partner.OfAsync(host);
        var end = await EndAsync(partner);
        var store = host.Host.Services.GetRequiredService<IWebhooksStore>();
        var written = new ConcurrentBag<string>();
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            var random = new Random(writer);
            for (var count = 0; count < each; count++)
            {
                // Ids of any hour, as those of events that were announced late
                var news = Samples.Event() with { Id = Guid.CreateVersion7(Samples.Now.AddMinutes(random.Next(100_000))), RecordedAt = TimeProvider.System.GetUtcNow() };
                await using var session = store.LightweightSession();
                session.Insert(news);
                await session.SaveChangesAsync(Token);
                written.Add(WebhookEvent.WebhookIdOf(news.Id));
            }
        }));

        var readers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => FollowAsync()));

        await writing;
        Assert.Equal(writers * each, written.Count);
        Assert.All(readers, read => Assert.Equal(written.Order(), read.Order()));
        Assert.All(readers, read => Assert.Equal(readers[0], read));

        async Task<List<string>> FollowAsync()
        {
            var (read, cursor, over) = (new List<string>(), end, false);
            while (true)
            {
                var page = await partner.ListAsync($"/v1/webhooks/events?limit=7&after={cursor}");
                read.AddRange(page.Select(Id));
                cursor = page.Length > 0 ? page[^1].GetProperty("cursor").GetString()! : cursor;
                if (page.Length == 0 && over)
                {
                    return read;
                }

                over = writing.IsCompleted;
            }
        }
    }

    [Fact]
    public async Task What_concerns_one_owner_is_read_by_that_owner_alone_and_a_ping_by_nobody()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var other = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(410);
        var end = await EndAsync(partner);
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await host.TrackAsync(() => partner.ActAsync(id, "test", null, HttpStatusCode.Created));

        await Eventually.True(async () => (await ReadAsync(partner, end)).Length > 0, TimeSpan.FromSeconds(10));
        Assert.Equal(["webhooks.subscription.disabled"], (await ReadAsync(partner, end)).Select(Type));
        Assert.Empty(await ReadAsync(other, end));
    }

    [Fact]
    public async Task A_page_says_whether_there_is_more_and_an_unknown_type_or_cursor_is_refused()
    {
        await using var partner = await Partner.OfAsync(host);
        var end = await EndAsync(partner);
        await host.AnnounceAsync(Accepted());
        await host.AnnounceAsync(Accepted());

        var first = await partner.ReadAsync($"/v1/webhooks/events?limit=1&type={Samples.Accepted}&after={end}");
        var second = await partner.ReadAsync($"/v1/webhooks/events?limit=1&type={Samples.Accepted}&after={first.GetProperty("next").GetString()}");

        Assert.Equal(first.GetProperty("items")[0].GetProperty("cursor").GetString(), first.GetProperty("next").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.NotEqual(Id(first.GetProperty("items")[0]), Id(second.GetProperty("items")[0]));
        await Partner.ReadAsync(await partner.Client.GetAsync("/v1/webhooks/events?type=cafes.*", Token), HttpStatusCode.BadRequest);
        await Partner.ReadAsync(await partner.Client.GetAsync("/v1/webhooks/events?after=here", Token), HttpStatusCode.BadRequest);
    }

    private static CommuneCandidatureAccepted Accepted() => new(Guid.CreateVersion7(), "12268", "Sénergues", "12", TimeProvider.System.GetUtcNow());

    private static string Id(JsonElement item) => item.GetProperty("webhookId").GetString()!;

    private static string Type(JsonElement item) => item.GetProperty("body").GetProperty("type").GetString()!;

    private static Task<JsonElement[]> ReadAsync(Partner partner, string after, string more = "") => partner.ListAsync($"/v1/webhooks/events?limit=200&after={after}{more}");

    /// <summary>A cursor after all that there is.</summary>
    private async Task<string> EndAsync(Partner partner)
    {
        var end = host.Host.Services.GetRequiredService<FeedCursor>().Of(0);
        while (await ReadAsync(partner, end) is [.., var last])
        {
            end = last.GetProperty("cursor").GetString()!;
        }

        return end;
    }

    /// <summary>Another event of an older id, in a transaction that stays open.</summary>
    private static async Task<Guid> InsertCopyAsync(NpgsqlConnection connection)
    {
        var id = Guid.CreateVersion7(Samples.Now);
        await using var command = new NpgsqlCommand(
            """
            insert into webhooks.mt_doc_webhookevent (id, data, mt_dotnet_type, mt_version)
            select $1, data || jsonb_build_object('id', $1, 'position', null, 'revision', 1), mt_dotnet_type, 1
            from webhooks.mt_doc_webhookevent where data ->> 'type' = $2 limit 1
            """,
            connection)
        {
            Parameters = { new() { Value = id }, new() { Value = Samples.Accepted } },
        };
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        return id;
    }
}
