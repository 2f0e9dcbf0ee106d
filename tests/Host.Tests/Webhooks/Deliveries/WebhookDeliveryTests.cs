using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

public sealed class WebhookDeliveryTests
{
    private static readonly DateTimeOffset Now = new(2023, 4, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    [Fact]
    public void It_waits_for_its_first_attempt_at_once()
    {
        var delivery = New();

        Assert.Equal((WebhookDeliveryStatus.Pending, Now), (delivery.Status, delivery.NextAttemptAt));
        Assert.Equal(new DeliverWebhook(delivery.Id, 1), delivery.NextAttempt());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void A_2xx_delivers(int status)
    {
        var delivered = New().After(Attempt(1, status), Delay, Now);

        Assert.Equal((WebhookDeliveryStatus.Delivered, null), (delivered.Status, delivered.NextAttemptAt));
        Assert.Equal(status, Assert.Single(delivered.Attempts).StatusCode);
    }

    [Theory]
    [InlineData(199)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(null)]
    public void Anything_else_is_tried_again_redirects_included(int? status)
    {
        var pending = New().After(Attempt(1, status), Delay, Now);

        Assert.Equal((WebhookDeliveryStatus.Pending, Now + Delay), (pending.Status, pending.NextAttemptAt));
        Assert.Equal(2, pending.NextAttempt().Attempt);
    }

    [Fact]
    public void After_the_last_attempt_it_has_failed()
    {
        var failed = New().After(Attempt(1, 500), delay: null, Now);

        Assert.Equal((WebhookDeliveryStatus.Failed, null), (failed.Status, failed.NextAttemptAt));
    }

    [Fact]
    public void A_410_is_final()
    {
        var failed = New().After(Attempt(1, 410), Delay, Now);

        Assert.Equal((WebhookDeliveryStatus.Failed, null), (failed.Status, failed.NextAttemptAt));
    }

    [Fact]
    public void Each_attempt_is_made_once_whatever_is_replayed()
    {
        var first = New();
        var second = first.After(Attempt(1, 500), Delay, Now);

        Assert.True(first.Awaits(first.NextAttempt()));
        Assert.False(second.Awaits(first.NextAttempt()));
        Assert.True(second.Awaits(second.NextAttempt()));
        Assert.False(second.Cancel().Awaits(second.NextAttempt()));
        Assert.False(second.After(Attempt(2, 200), Delay, Now).Awaits(new(first.Id, 3)));
    }

    private static DeliveryAttempt Attempt(int number, int? status) => new(number, Now, status, status is null ? DeliveryError.Timeout : null, 12, "");

    private static WebhookDelivery New()
    {
        var subscription = new WebhookSubscription
        {
            Id = Guid.CreateVersion7(Now), Owner = "key", Url = "https://partenaire.example/", EventTypes = ["*"], Secret = "", CreatedAt = Now,
        };
        return WebhookDelivery.Of(new WebhookEvent { Id = Guid.CreateVersion7(Now), Type = "recruitment.commune-candidature.accepted", OccurredAt = Now, Body = "{}" }, subscription, Now);
    }
}
