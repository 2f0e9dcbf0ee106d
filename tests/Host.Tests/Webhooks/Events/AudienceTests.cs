using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Tests.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Events;

/// <summary>Who hears of an event, by what the event says of where it happened.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class AudienceTests(MilleCafesHost host)
{
    private static readonly Guid Cafe = Guid.CreateVersion7(Samples.Now);
    private static readonly string[] Trusted = ["webhooks:manage", "personal-data:read"];
    private static readonly string[] Discreet = ["webhooks:manage"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HolderKind.Staff, null, null, null, true)]
    [InlineData(HolderKind.Public, "12268", true, "TrES", false)]
    [InlineData(HolderKind.Mairie, "12268", null, null, true)]
    [InlineData(HolderKind.Mairie, "12000", true, "TrES", false)]
    [InlineData(HolderKind.Mairie, null, null, null, false)]
    [InlineData(HolderKind.Gerant, "12000", true, null, true)]
    [InlineData(HolderKind.Gerant, "12268", false, "TrES", false)]
    [InlineData(HolderKind.Gerant, "12268", null, null, false)]
    [InlineData(HolderKind.Partner, "12000", true, "Other", true)]
    [InlineData(HolderKind.Partner, "12000", false, "TrES", true)]
    [InlineData(HolderKind.Partner, "12268", false, "Other", false)]
    [InlineData(HolderKind.Partner, "12268", null, null, false)]
    public async Task The_feed_and_the_webhooks_hold_to_the_same_rule(HolderKind kind, string? inseeCode, bool? ownCafe, string? programme, bool hears)
    {
        var holder = new Holder(kind, Guid.CreateVersion7(), Guid.Empty, []) { InseeCode = kind == HolderKind.Mairie ? "12268" : null, Cafes = [Cafe], Programmes = ["TrES"] };
        var news = Samples.Event() with
        {
            Id = Guid.CreateVersion7(), RecordedAt = TimeProvider.System.GetUtcNow(), Position = 0,
            Place = new("12", inseeCode, ownCafe switch { true => Cafe, false => Guid.CreateVersion7(), null => null }, programme),
        };
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().LightweightSession();
        session.Insert(news);
        await session.SaveChangesAsync(Token);

        var events = WebhookEvent.VisibleTo(holder) is { } visible ? session.Query<WebhookEvent>().Where(visible) : session.Query<WebhookEvent>();

        Assert.Equal(hears, news.IsFor(holder));
        Assert.Equal(hears, await events.AnyAsync(one => one.Id == news.Id, Token));
        Assert.True((news with { Owner = holder.ClientId.ToString() }).IsFor(holder) || kind == HolderKind.Public);
        Assert.False((news with { Owner = "another" }).IsFor(holder));
    }

    [Fact]
    public async Task A_client_that_may_no_longer_read_of_persons_is_sent_nothing_of_them_though_it_subscribed_when_it_might()
    {
        var (client, key) = await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes = Trusted });
        using var http = host.With(key);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        using var made = await http.PostAsJsonAsync("/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = new[] { Samples.Opened }, filters = new { departements = new[] { "2B" } } }, Token);
        var subscription = (await Partner.ReadAsync(made, HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await InsertAsync();

        await ReplayAsync();
        var before = await receiver.NextAsync(Token);
        await Partner.ReadAsync(await host.Administrator.PutAsJsonAsync($"/v1/access/clients/{client}", new { name = "Équipe", kind = "staff", scopes = Discreet }, Token));
        await ReplayAsync();
        var after = await receiver.NextAsync(Token);

        Assert.Equal(before.Id, after.Id);
        Assert.Contains("Camille", before.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Camille", after.Body, StringComparison.Ordinal);
        await http.DeleteAsync($"/v1/webhooks/subscriptions/{subscription}", Token);

        async Task ReplayAsync()
        {
            using var replay = await http.PostAsJsonAsync($"/v1/webhooks/subscriptions/{subscription}/replay", new { since = TimeProvider.System.GetUtcNow().AddDays(-1).UtcDateTime }, Token);
            Assert.Equal(HttpStatusCode.Accepted, replay.StatusCode);
        }
    }

    private async Task InsertAsync()
    {
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().LightweightSession();
        var sample = Samples.Event();
        session.Insert(sample with
        {
            Id = Guid.CreateVersion7(), RecordedAt = TimeProvider.System.GetUtcNow(), Place = new("2B", "2B002", null, null),
            Body = sample.Body with { Personal = sample.Body.Full.Replace("Sénergues", "Camille Exemple", StringComparison.Ordinal) },
        });
        await session.SaveChangesAsync(Token);
    }
}
