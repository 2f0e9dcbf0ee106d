using MilleCafes.Host.Webhooks.Deliveries;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

public sealed class WebhookDeliveryTests
{
    private static readonly DateTimeOffset Now = Samples.Now;
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    [Fact]
    public void It_waits_for_its_first_attempt_at_once()
    {
        var delivery = Samples.Delivery();

        Assert.Equal((WebhookDeliveryStatus.Pending, Now), (delivery.Status, delivery.NextAttemptAt));
        Assert.Equal(new DeliverWebhook(delivery.Id, 1), delivery.NextAttempt());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void A_2xx_delivers(int status)
    {
        var delivered = Samples.Delivery().After(Attempt(1, status), Delay, Now);

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
        var pending = Samples.Delivery().After(Attempt(1, status), Delay, Now);

        Assert.Equal((WebhookDeliveryStatus.Pending, Now + Delay), (pending.Status, pending.NextAttemptAt));
        Assert.Equal(2, pending.NextAttempt().Attempt);
    }

    [Fact]
    public void After_the_last_attempt_it_has_failed()
    {
        var failed = Samples.Delivery().After(Attempt(1, 500), delay: null, Now);

        Assert.Equal((WebhookDeliveryStatus.Failed, null), (failed.Status, failed.NextAttemptAt));
    }

    [Fact]
    public void A_410_is_final()
    {
        var failed = Samples.Delivery().After(Attempt(1, 410), Delay, Now);

        Assert.Equal((WebhookDeliveryStatus.Failed, null), (failed.Status, failed.NextAttemptAt));
    }

    [Theory]
    [InlineData(200, "Delivered")]
    [InlineData(410, "Failed")]
    [InlineData(500, "Cancelled")]
    [InlineData(null, "Cancelled")]
    public void An_attempt_that_was_under_way_when_it_was_cancelled_is_listed_and_the_last(int? status, string expected)
    {
        var after = Samples.Delivery().Cancel().After(Attempt(1, status), Delay, Now);

        Assert.Equal((expected, null), ($"{after.Status}", after.NextAttemptAt));
        Assert.True(after.Lists(Attempt(1, status)));
        Assert.False(after.Lists(Attempt(2, status)));
    }

    [Fact]
    public void Each_attempt_is_made_once_whatever_is_replayed()
    {
        var first = Samples.Delivery();
        var second = first.After(Attempt(1, 500), Delay, Now);

        Assert.True(first.Awaits(first.NextAttempt()));
        Assert.False(second.Awaits(first.NextAttempt()));
        Assert.True(second.Awaits(second.NextAttempt()));
        Assert.False(second.Cancel().Awaits(second.NextAttempt()));
        Assert.False(second.After(Attempt(2, 200), Delay, Now).Awaits(new(first.Id, 3)));
    }

    [Theory]
    [InlineData(200, false, "None")]
    [InlineData(200, true, "Recovered")]
    [InlineData(500, false, "Failing")]
    [InlineData(500, true, "None")]
    [InlineData(null, false, "Failing")]
    [InlineData(410, false, "Gone")]
    [InlineData(410, true, "Gone")]
    public void An_attempt_tells_of_its_subscription_what_was_not_known(int? status, bool failing, string news)
    {
        var subscription = Samples.Subscription() with { FailingSince = failing ? Now : null };

        Assert.Equal(news, $"{subscription.NewsOf(Attempt(1, status), DeliveryCause.Event)}");
    }

    [Theory]
    [InlineData(200, "Recovered")]
    [InlineData(410, "Gone")]
    [InlineData(500, "None")]
    public void A_test_that_fails_tells_nothing_unless_it_is_a_410(int status, string news)
    {
        var subscription = Samples.Subscription() with { FailingSince = status == 200 ? Now : null };

        Assert.Equal(news, $"{subscription.NewsOf(Attempt(1, status), DeliveryCause.Test)}");
        Assert.Equal("None", $"{subscription.Disable(Host.Webhooks.Subscriptions.DisabledReason.Gone, Now).NewsOf(Attempt(1, status), DeliveryCause.Test)}");
    }

    private static DeliveryAttempt Attempt(int number, int? status) => new(number, Now, status, status is null ? DeliveryError.Timeout : null, 12, "");
}
