using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

/// <summary>They count what is sent, so that nothing else may happen meanwhile.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class DeliveryTestsAlone;

[Collection<DeliveryTestsAlone>]
public sealed class DeliveryTests(MilleCafesHost host)
{
    private const string Accepted = Samples.Accepted;
    private const string Opened = Samples.Opened;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepting_a_commune_tells_the_subscriber_of_the_candidature_and_of_the_project()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (subscription, secret) = await partner.SubscribeAsync(receiver.Address, "*");

        var candidature = await partner.AcceptCommuneAsync();

        ReceivedWebhook[] received = [await receiver.NextAsync(Token), await receiver.NextAsync(Token)];
        Assert.Equal([Opened, Accepted], received.Select(news => news.Type).Order());
        Assert.All(received, news => Assert.True(news.IsSignedWith(secret)));
        Assert.All(received, news => Assert.Equal(candidature, news.Data.GetProperty("candidatureId").GetGuid()));
        Assert.Distinct(received.Select(news => news.Id));
        var deliveries = (await DeliveredAsync(partner, subscription, 2)).ToDictionary(delivery => delivery.GetProperty("webhookId").GetString()!);
        Assert.All(received, news =>
        {
            var delivery = deliveries[news.Id];
            var attempt = Assert.Single(delivery.GetProperty("attempts").EnumerateArray());
            Assert.Equal(news.Type, delivery.GetProperty("eventType").GetString());
            Assert.Equal((1, 200), (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("statusCode").GetInt32()));
            Assert.Equal(JsonValueKind.Null, delivery.GetProperty("nextAttemptAt").ValueKind);
            Assert.StartsWith("answer", attempt.GetProperty("answer").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task What_is_answered_with_500_is_sent_again_and_both_attempts_are_listed()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(500, 200);
        var (subscription, secret) = await partner.SubscribeAsync(receiver.Address, Opened);

        await partner.AcceptCommuneAsync();

        var (first, second) = (await receiver.NextAsync(Token), await receiver.NextAsync(Token));
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.True(first.IsSignedWith(secret) && second.IsSignedWith(secret));
        var delivery = Assert.Single(await partner.DeliveriesAsync(subscription, 1, "delivered"));
        Assert.Equal([(1, 500, "answer 1"), (2, 200, "answer 2")], delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("statusCode").GetInt32(), attempt.GetProperty("answer").GetString()!)));
        var alone = await partner.ReadAsync($"/v1/webhooks/deliveries/{delivery.GetProperty("id").GetGuid()}");
        Assert.Equal(delivery.ToString(), alone.ToString());
    }

    [Fact]
    public async Task After_its_last_attempt_a_delivery_has_failed()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(500);
        var (subscription, _) = await partner.SubscribeAsync(receiver.Address, Opened);

        await partner.AcceptCommuneAsync();

        var delivery = Assert.Single(await partner.DeliveriesAsync(subscription, 1, "failed"));
        Assert.Equal(host.Host.Services.GetRequiredService<WebhookSettings>().RetryDelays.Length + 1, delivery.GetProperty("attempts").GetArrayLength());
        Assert.Empty(await partner.DeliveriesAsync(subscription, "delivered"));
        Assert.Single(await partner.DeliveriesAsync(subscription, "failed"));
    }

    [Fact]
    public async Task A_subscription_gets_the_types_it_asked_for_and_no_other()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (subscription, _) = await partner.SubscribeAsync(receiver.Address, "accompaniment.*");

        await partner.AcceptCommuneAsync();

        Assert.Equal(Opened, (await receiver.NextAsync(Token)).Type);
        Assert.Equal(Opened, Assert.Single(await partner.DeliveriesAsync(subscription, 1, "delivered")).GetProperty("eventType").GetString());
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task A_deleted_subscription_gets_nothing_more()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var deaf = await WebhookReceiver.AnsweringAsync(200);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (deleted, _) = await partner.SubscribeAsync(deaf.Address, "*");
        var (kept, _) = await partner.SubscribeAsync(receiver.Address, "*");
        await partner.EndAsync(deleted);

        await partner.AcceptCommuneAsync();

        await DeliveredAsync(partner, kept, 2);
        Assert.Empty(await partner.DeliveriesAsync(deleted));
        Assert.Equal(0, deaf.Count);
    }

    [Fact]
    public async Task What_waits_for_a_deleted_subscription_is_cancelled()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.StartAsync((_, http) =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        var (subscription, _) = await partner.SubscribeAsync(receiver.Address, "*");
        await partner.AcceptCommuneAsync();
        await Eventually.True(
            async () => await partner.DeliveriesAsync(subscription) is { Length: 2 } waiting && waiting.Any(delivery => delivery.GetProperty("attempts").GetArrayLength() == 1),
            TimeSpan.FromSeconds(30));

        await partner.EndAsync(subscription);

        Assert.All(await partner.DeliveriesAsync(subscription, 2, "cancelled"), delivery => Assert.Equal(JsonValueKind.Null, delivery.GetProperty("nextAttemptAt").ValueKind));
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task An_attempt_whose_time_comes_after_the_end_of_the_subscription_is_not_made()
    {
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (ended, news) = (Samples.Subscription(receiver.Address).Disable(DisabledReason.Gone, Samples.Now), Samples.Event());
        var delivery = WebhookDelivery.Of(news, ended, DeliveryCause.Event, Samples.Now);
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().LightweightSession();
        session.Insert(ended);
        session.Insert(news);
        session.Insert(delivery);
        await session.SaveChangesAsync(Token);

        await host.TrackAsync(() => host.PublishAsync(delivery.NextAttempt()));

        Assert.Equal(WebhookDeliveryStatus.Cancelled, (await session.LoadAsync<WebhookDelivery>(delivery.Id, Token))?.Status);
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task An_endpoint_that_answers_410_is_left_alone()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(410);
        var (subscription, _) = await partner.SubscribeAsync(receiver.Address, Opened);

        await partner.AcceptCommuneAsync();
        Assert.Single(await partner.DeliveriesAsync(subscription, 1, "failed"));
        var shown = await partner.ReadAsync($"/v1/webhooks/subscriptions/{subscription}");
        await partner.AcceptCommuneAsync();

        Assert.Equal("disabled", shown.GetProperty("status").GetString());
        Assert.Single(await partner.DeliveriesAsync(subscription));
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task An_attempt_that_ends_after_its_delivery_was_cancelled_is_listed()
    {
        await using var partner = await Partner.OfAsync(host);
        var subscription = Guid.Empty;
        await using var receiver = await WebhookReceiver.StartAsync(async (_, http) =>
        {
            await partner.EndAsync(subscription);
            await partner.DeliveriesAsync(subscription, 1, "cancelled");
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        });
        (subscription, _) = await partner.SubscribeAsync(receiver.Address, Opened);

        await partner.AcceptAsync(await partner.SubmitAsync());

        await receiver.NextAsync(Token);
        await Eventually.True(
            async () => (await partner.DeliveriesAsync(subscription, "cancelled")).Any(delivery => delivery.GetProperty("attempts").GetArrayLength() > 0), TimeSpan.FromSeconds(10));
        var attempt = Assert.Single(Assert.Single(await partner.DeliveriesAsync(subscription)).GetProperty("attempts").EnumerateArray());
        Assert.Equal((1, 500), (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("statusCode").GetInt32()));
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Attempts_that_are_answered_with_410_at_once_are_both_listed()
    {
        await using var partner = await Partner.OfAsync(host);
        var both = new TaskCompletionSource();
        await using var receiver = await WebhookReceiver.StartAsync(async (number, http) =>
        {
            // An endpoint that has answered gets two at a time
            if (number == 1)
            {
                return;
            }

            if (number == 3)
            {
                both.SetResult();
            }

            await both.Task;
            http.Response.StatusCode = StatusCodes.Status410Gone;
        });
        var (subscription, _) = await partner.SubscribeAsync(receiver.Address, "*");
        await partner.ActAsync(subscription, "test", null, System.Net.HttpStatusCode.Created);
        await DeliveredAsync(partner, subscription, 1);

        // Both end the subscription: a clash, which a tracked session would report
        await partner.AcceptAsync(await partner.SubmitAsync());

        await Eventually.True(async () => (await partner.DeliveriesAsync(subscription, "failed")).Length == 2, TimeSpan.FromSeconds(30));
        Assert.All(await partner.DeliveriesAsync(subscription), delivery => Assert.Equal(1, delivery.GetProperty("attempts").GetArrayLength()));
        Assert.Equal(3, receiver.Count);
    }

    [Fact]
    public async Task A_message_that_comes_again_makes_no_second_event()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (subscription, _) = await partner.SubscribeAsync(receiver.Address, Accepted);
        var message = new CommuneCandidatureAccepted(Guid.CreateVersion7(), host.NextInseeCode(), "Sénergues", "12", TimeProvider.System.GetUtcNow());

        await host.TrackAsync(() => host.PublishAsync(message));
        await host.TrackAsync(() => host.PublishAsync(message));

        Assert.Equal(message.CandidatureId, (await receiver.NextAsync(Token)).Data.GetProperty("candidatureId").GetGuid());
        Assert.Single(await DeliveredAsync(partner, subscription, 1));
        Assert.Equal(1, receiver.Count);
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().QuerySession();
        var id = WebhookEvent.IdFor(EventCatalogue.For<CommuneCandidatureAccepted>(), message);
        Assert.Equal(1, await session.Query<WebhookEvent>().CountAsync(news => news.Id == id, Token));
    }

    [Fact]
    public async Task Deliveries_are_seen_by_the_owner_of_the_subscription_and_nobody_else()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var other = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (subscription, _) = await partner.SubscribeAsync(receiver.Address, Opened);
        await partner.AcceptCommuneAsync();
        var delivery = Assert.Single(await DeliveredAsync(partner, subscription, 1)).GetProperty("id").GetGuid();

        Assert.Empty(await other.DeliveriesAsync(subscription));
        var problem = await Partner.ReadAsync(await other.Client.GetAsync($"/v1/webhooks/deliveries/{delivery}", Token), System.Net.HttpStatusCode.NotFound);
        Assert.Equal("webhooks.delivery_unknown", problem.GetProperty("code").GetString());
    }

    private static Task<JsonElement[]> DeliveredAsync(Partner partner, Guid subscription, int count) => partner.DeliveriesAsync(subscription, count, "delivered");
}
