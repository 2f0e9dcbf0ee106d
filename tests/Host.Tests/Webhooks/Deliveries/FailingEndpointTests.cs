using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

/// <summary>What complaints elsewhere are about: a loss after one failure, and endpoints disabled in silence.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class FailingEndpointTests(MilleCafesHost host)
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(30);
    private static readonly string[] Opened = [Samples.Opened];
    private static readonly string[] Disabled = ["webhooks.subscription.disabled"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscription_that_took_nothing_for_as_long_as_is_set_is_disabled_and_its_owner_is_told_in_three_ways()
    {
        await using var mail = new MailServer();
        await using var failing = await WebhookReceiver.AnsweringAsync(500);
        await using var other = await WebhookReceiver.AnsweringAsync(200);
        using var process = HostProcess.Start(
            "--port", "0", "--connection", await host.CreateDatabaseAsync(), "--Webhooks:AllowLoopback=true", "--Webhooks:DisableAfter=00:00:01", "--Webhooks:RetryDelays:0=01:00:00",
            "--Smtp:Host=127.0.0.1", $"--Smtp:Port={mail.Port}", "--Smtp:From=reseau@example.org", "--Smtp:Security=none",
            "--Recruitment:Form:LinkAddress=https://example.org/candidature");
        using var client = Clients.Of(await process.AddressAsync(Token));
        var key = "";
        await Eventually.True(() => Task.FromResult((key = AdministratorKeys.In(process.Output) ?? "").Length > 0), Prompt);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var id = (await SubscribeAsync(new { url = failing.Address, eventTypes = Opened, contactEmail = "webhooks@partenaire.example" })).GetProperty("id").GetGuid();
        await SubscribeAsync(new { url = other.Address, eventTypes = Disabled });

        await Partner.AcceptAsync(client, await Partner.SubmitAsync(client, host.NextInseeCode()));

        var notice = await other.NextAsync(Token);
        Assert.Equal((Disabled[0], id, "failing"), (notice.Type, notice.Data.GetProperty("subscriptionId").GetGuid(), notice.Data.GetProperty("reason").GetString()));
        var shown = (await Partner.ListAsync(client, "/v1/webhooks/subscriptions"))[0];
        Assert.Equal((id, "disabled", "failing"), (shown.GetProperty("id").GetGuid(), shown.GetProperty("status").GetString(), shown.GetProperty("disabledBecause").GetString()));
        Assert.Equal(notice.Data.GetProperty("disabledAt").GetDateTimeOffset(), shown.GetProperty("statusSince").GetDateTimeOffset());
        var noted = (await Partner.ListAsync(client, $"/v1/access/audit?subject={id}&act=changed")).Single();
        Assert.Equal("DisableUnlessRecovered", noted.GetProperty("operation").GetString());
        Assert.False(noted.TryGetProperty("clientId", out var nobody) && nobody.ValueKind != JsonValueKind.Null);
        var letter = await mail.ToAsync("webhooks@partenaire.example");
        Assert.Contains($"/v1/webhooks/subscriptions/{id}/activation", letter.Text, StringComparison.Ordinal);
        Assert.Contains("n'a rien accepté", letter.Text, StringComparison.Ordinal);
        await Eventually.True(async () => (await Partner.ListAsync(client, "/v1/webhooks/deliveries?status=cancelled")).Length == 1, Prompt);

        async Task<JsonElement> SubscribeAsync(object body) =>
            await Partner.ReadAsync(await client.PostAsJsonAsync("/v1/webhooks/subscriptions", body, Token), HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_success_in_between_ends_the_count()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(500, 500, 500, 200);
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await AnnounceAsync();
        await partner.DeliveriesAsync(id, 1, "failed");
        var since = (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).GetProperty("failingSince").GetDateTimeOffset();

        await AnnounceAsync();
        await Eventually.True(async () => (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).GetProperty("failingSince").ValueKind == JsonValueKind.Null, Prompt);
        await host.AnnounceAsync(new DisableUnlessRecovered(id, since));

        Assert.Equal("enabled", (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Five_days_after_the_first_failure_without_a_success_it_is_disabled_and_can_be_activated_again()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(500, 500, 500, 200);
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await AnnounceAsync();
        await partner.DeliveriesAsync(id, 1, "failed");
        var since = (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).GetProperty("failingSince").GetDateTimeOffset();

        await host.AnnounceAsync(new DisableUnlessRecovered(id, since));
        var disabled = await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}");
        await AnnounceAsync();
        var refused = await partner.ActAsync(id, "pause", null, HttpStatusCode.Conflict);
        var enabled = await partner.ActAsync(id, "activation");
        await AnnounceAsync();

        Assert.Equal(("disabled", "failing"), (disabled.GetProperty("status").GetString(), disabled.GetProperty("disabledBecause").GetString()));
        Assert.Equal("webhooks.subscription_disabled", refused.GetProperty("code").GetString());
        Assert.Equal(("enabled", JsonValueKind.Null), (enabled.GetProperty("status").GetString(), enabled.GetProperty("disabledBecause").ValueKind));
        Assert.Equal(["failed", "delivered"], (await partner.DeliveriesAsync(id)).Select(delivery => delivery.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_success_that_was_under_way_when_another_attempt_began_the_count_ends_it()
    {
        await using var partner = await Partner.OfAsync(host);
        var id = Guid.Empty;
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => FailAsync(id));
        (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);

        await AnnounceAsync();

        await partner.DeliveriesAsync(id, 1, "delivered");
        await Eventually.True(async () => (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).GetProperty("failingSince").ValueKind == JsonValueKind.Null, Prompt);
    }

    [Fact]
    public async Task A_subscription_that_the_count_did_not_see_succeed_is_not_disabled_and_the_count_ends()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        var since = TimeProvider.System.GetUtcNow();
        await AnnounceAsync();
        await partner.DeliveriesAsync(id, 1, "delivered");
        await FailAsync(id, since);

        await host.AnnounceAsync(new DisableUnlessRecovered(id, since));

        var shown = await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}");
        Assert.Equal(("enabled", JsonValueKind.Null), (shown.GetProperty("status").GetString(), shown.GetProperty("failingSince").ValueKind));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task An_endpoint_that_is_overloaded_gets_less_and_loses_nothing(int status)
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(status, 200);
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await host.PublishAsync(Accepted());
        var first = await receiver.NextAsync(Token);
        await host.PublishAsync(Accepted());

        var second = await receiver.NextAsync(Token);

        // The next attempt is due 20 ms later, as these hosts are set
        Assert.InRange(TimeProvider.System.GetElapsedTime(first.Arrival, second.Arrival), TimeSpan.FromSeconds(0.9), Prompt);
        await partner.DeliveriesAsync(id, 2, "delivered");
    }

    [Fact]
    public async Task An_endpoint_that_says_when_to_come_back_is_left_alone_until_then()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.StartAsync((_, http) =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (StatusCodes.Status429TooManyRequests, "7200");
            return Task.CompletedTask;
        });
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await AnnounceAsync();
        await Eventually.True(async () => (await partner.DeliveriesAsync(id))[0].GetProperty("attempts").GetArrayLength() == 1, Prompt);
        await AnnounceAsync();

        var deliveries = await partner.DeliveriesAsync(id);

        Assert.Equal([1, 0], deliveries.Select(delivery => delivery.GetProperty("attempts").GetArrayLength()));
        Assert.All(deliveries, delivery => Assert.InRange(
            delivery.GetProperty("nextAttemptAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(119), TimeSpan.FromMinutes(121)));
        Assert.Equal(1, receiver.Count);
    }

    /// <summary>What the record of a failed attempt writes.</summary>
    private async Task FailAsync(Guid id, DateTimeOffset? since = null)
    {
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().LightweightSession();
        var subscription = (await session.LoadAsync<WebhookSubscription>(id, Token))!;
        session.UpdateNext(subscription with { FailingSince = since ?? TimeProvider.System.GetUtcNow() });
        await session.SaveChangesAsync(Token);
    }

    private Task AnnounceAsync() => host.AnnounceAsync(Accepted());

    private static CommuneCandidatureAccepted Accepted() => new(Guid.CreateVersion7(), "12268", "Sénergues", "12", TimeProvider.System.GetUtcNow());
}
