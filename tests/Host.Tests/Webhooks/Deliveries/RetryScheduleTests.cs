using System.Collections.Immutable;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Deliveries;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

public sealed class RetryScheduleTests
{
    private static readonly ImmutableArray<TimeSpan> Delays = new WebhookSettings().RetryDelays;

    [Fact]
    public void Ten_attempts_are_made_over_three_days()
    {
        string[] waits = [.. Enumerable.Range(1, 10).Select(number => $"{RetrySchedule.DelayAfter(Delays, number, 0.5, null)}")];

        Assert.Equal(["00:00:05", "00:05:00", "00:30:00", "02:00:00", "05:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00", ""], waits);
    }

    [Theory]
    [InlineData(0, 270)]
    [InlineData(0.5, 300)]
    [InlineData(1, 330)]
    public void Waits_are_spread_over_ten_per_cent_either_way(double chance, double seconds) =>
        Assert.Equal(seconds, RetrySchedule.DelayAfter(Delays, 2, chance, null)!.Value.TotalSeconds, 3);

    [Theory]
    [InlineData(-10, 5)]
    [InlineData(2, 5)]
    [InlineData(600, 600)]
    [InlineData(10_000_000, 86_400)]
    public void An_endpoint_can_ask_for_a_longer_wait_of_up_to_a_day(int retryAfterSeconds, double seconds) =>
        Assert.Equal(seconds, RetrySchedule.DelayAfter(Delays, 1, 0.5, TimeSpan.FromSeconds(retryAfterSeconds))!.Value.TotalSeconds, 3);

    [Theory]
    [InlineData(0, 0, 0, 0.125)]
    [InlineData(0, 0.5, 0, 0.25)]
    [InlineData(0, 1, 0, 0.375)]
    [InlineData(1, 0.5, 0, 0.5)]
    [InlineData(6, 0.5, 0, 16)]
    [InlineData(1_000, 0.5, 0, 16)]
    [InlineData(0, 0.5, 60, 60.25)]
    [InlineData(1_000, 0.5, 60, 316)]
    public void Waiting_for_ones_turn_grows_up_to_about_the_time_of_an_attempt_and_longer_when_many_wait(int deferrals, double chance, int quiet, double seconds) =>
        Assert.Equal(seconds, RetrySchedule.DeferralAfter(deferrals, chance, TimeSpan.FromSeconds(quiet)).TotalSeconds, 3);

    [Fact]
    public void Asking_for_a_wait_gains_no_further_attempt() => Assert.Null(RetrySchedule.DelayAfter(Delays, 10, 0.5, TimeSpan.FromHours(1)));
}
