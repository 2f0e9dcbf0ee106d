using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Complaints;

/// <summary>What subscribers of other platforms complain of, done better.</summary>
public sealed class WebhookComplaintTests(MilleCafesHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Everything = ["recruitment.*", "webhooks.*"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_signed_and_one_that_fails_is_sent_again_and_not_lost()
    {
        var commune = host.NextInseeCode();
        await using var receiver = await WebhookReceiver.AnsweringAsync(500, 200);
        using var subscriber = await SubscriberAsync();
        var subscription = await SubscribeAsync(subscriber, receiver, commune);

        await AcceptAsync(commune);

        var (failed, taken) = (await receiver.NextAsync(Token), await receiver.NextAsync(Token));
        Assert.All([failed, taken], sent => Assert.True(sent.IsSignedWith(subscription["secret"].Text())));
        Assert.Equal((failed.Id, failed.Body), (taken.Id, taken.Body));
        await EndAsync(subscriber, subscription);
    }

    [Fact]
    public async Task A_subscriber_sees_every_failure_of_its_own_with_each_attempt_and_the_answer_it_gave_and_nobody_else_does()
    {
        var commune = host.NextInseeCode();
        await using var receiver = await WebhookReceiver.AnsweringAsync(500);
        using var subscriber = await SubscriberAsync();
        using var stranger = await SubscriberAsync();
        var subscription = await SubscribeAsync(subscriber, receiver, commune);

        await AcceptAsync(commune);

        JsonArray failures = [];
        await Eventually.True(async () => (failures = await FailuresAsync(subscriber)).Count == 1, Patience);
        var attempts = failures[0]!["attempts"]!.AsArray();
        Assert.Equal([1, 2, 3], attempts.Select(attempt => attempt!["number"]!.GetValue<int>()));
        Assert.All(attempts, attempt => Assert.Equal((500, $"answer {attempt!["number"]}"), (attempt["statusCode"]!.GetValue<int>(), attempt["answer"].Text())));
        Assert.NotNull((await subscriber.ReadAsync($"/v1/webhooks/subscriptions/{subscription["id"].Text()}"))["failingSince"]);
        Assert.Empty(await FailuresAsync(stranger));
        await EndAsync(subscriber, subscription);
    }

    [Fact]
    public async Task An_endpoint_that_is_disabled_is_told_by_the_API_by_the_feed_and_by_the_other_subscriptions_of_its_owner()
    {
        var commune = host.NextInseeCode();
        await using var gone = await WebhookReceiver.AnsweringAsync(410);
        await using var alive = await WebhookReceiver.AnsweringAsync(200);
        using var subscriber = await SubscriberAsync();
        var ended = await SubscribeAsync(subscriber, gone, commune);
        var other = await SubscribeAsync(subscriber, alive, host.NextInseeCode());

        await AcceptAsync(commune);

        var told = await alive.NextAsync(Token);
        Assert.Equal(("webhooks.subscription.disabled", ended["id"].Text(), "gone"), (told.Type, told.Data.GetProperty("subscriptionId").GetString(), told.Data.GetProperty("reason").GetString()));
        var shown = await subscriber.ReadAsync($"/v1/webhooks/subscriptions/{ended["id"].Text()}");
        Assert.Equal(("disabled", "gone"), (shown["status"].Text(), shown["disabledBecause"].Text()));
        var feed = await subscriber.ReadAsync("/v1/webhooks/events?type=webhooks.subscription.disabled");
        Assert.Equal(told.Id, Assert.Single(feed["items"]!.AsArray())!["webhookId"].Text());
        await EndAsync(subscriber, ended, other);
    }

    [Fact]
    public async Task One_client_has_as_many_subscriptions_as_it_needs_each_with_its_own_address_and_secret()
    {
        var (here, there) = (host.NextInseeCode(), host.NextInseeCode());
        await using var first = await WebhookReceiver.AnsweringAsync(200);
        await using var second = await WebhookReceiver.AnsweringAsync(200);
        using var subscriber = await SubscriberAsync();
        var (one, other) = (await SubscribeAsync(subscriber, first, here), await SubscribeAsync(subscriber, second, there));

        await AcceptAsync(here);
        await AcceptAsync(there);

        var (news, otherNews) = (await first.NextAsync(Token), await second.NextAsync(Token));
        Assert.Equal((here, there), (news.Data.GetProperty("inseeCode").GetString(), otherNews.Data.GetProperty("inseeCode").GetString()));
        Assert.True(news.IsSignedWith(one["secret"].Text()) && otherNews.IsSignedWith(other["secret"].Text()));
        Assert.False(news.IsSignedWith(other["secret"].Text()));
        Assert.Equal((1, 1), (first.Count, second.Count));
        await EndAsync(subscriber, one, other);
    }

    private async Task<HttpClient> SubscriberAsync() =>
        host.With((await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes = new[] { "webhooks:manage" } })).Key);

    private static async Task<JsonNode> SubscribeAsync(HttpClient subscriber, WebhookReceiver receiver, string commune)
    {
        using var made = await subscriber.SendAsync("/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = Everything, filters = new { inseeCodes = new[] { commune } } });
        return await made.ReadAsync(HttpStatusCode.Created);
    }

    private async Task AcceptAsync(string commune)
    {
        var candidature = await host.Administrator.SubmittedAsync(Letter(commune));
        await host.Administrator.DoneAsync(candidature, "acceptance");
    }

    private static async Task<JsonArray> FailuresAsync(HttpClient subscriber) => (await subscriber.ReadAsync("/v1/webhooks/deliveries?status=failed"))["items"]!.AsArray();

    private static async Task EndAsync(HttpClient subscriber, params JsonNode[] subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            // An attempt that ends in the same moment may change the subscription
            await Eventually.True(
                async () => (await subscriber.DeleteAsync($"/v1/webhooks/subscriptions/{subscription["id"].Text()}", Token)).StatusCode == HttpStatusCode.NoContent, TimeSpan.FromSeconds(10));
        }
    }
}
