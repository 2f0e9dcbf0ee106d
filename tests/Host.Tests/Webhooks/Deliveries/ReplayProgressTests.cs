using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Webhooks;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

/// <summary>Who asks for a replay can follow it.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class ReplayProgressTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replay_is_accepted_and_can_be_followed_to_its_end()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var since = TimeProvider.System.GetUtcNow().AddDays(-3);
        await InsertAsync(230, since.AddSeconds(-10), "973");
        var id = await SubscribeAsync(partner, receiver.Address);

        using var asked = await AskAsync(partner, id, since);
        var accepted = await Partner.ReadAsync(asked, HttpStatusCode.Accepted);
        var address = asked.Headers.Location!.ToString();
        var finished = await EndAsync(partner, address);

        Assert.Equal($"/v1/webhooks/replays/{accepted.GetProperty("id").GetGuid()}", address);
        Assert.Equal((id, "underWay", 0), Described(accepted));
        Assert.Equal((id, "finished", 220), Described(finished));
        Assert.Equal(220, (await DeliveriesAsync(partner, id)).Count(delivery => delivery.GetProperty("cause").GetString() == "replay"));
        Assert.InRange(accepted.GetProperty("since").GetDateTimeOffset(), since.AddMilliseconds(-1), since.AddMilliseconds(1));
        Assert.InRange(accepted.GetProperty("until").GetDateTimeOffset(), since.AddDays(3), TimeProvider.System.GetUtcNow());
        Assert.Equal(accepted.GetProperty("until").GetRawText(), finished.GetProperty("until").GetRawText());
    }

    [Fact]
    public async Task Nobody_else_sees_a_replay_and_its_owner_sees_it_after_the_next_one_and_after_the_subscription()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var other = await Partner.OfAsync(host);
        var id = await SubscribeAsync(partner, "http://127.0.0.1:9/");
        using var first = await AskAsync(partner, id, TimeProvider.System.GetUtcNow());
        var address = first.Headers.Location!.ToString();
        await EndAsync(partner, address);
        using var second = await AskAsync(partner, id, TimeProvider.System.GetUtcNow());
        await partner.EndAsync(id);

        var hidden = await Partner.ReadAsync(await other.Client.GetAsync(address, Token), HttpStatusCode.NotFound);
        var unknown = await Partner.ReadAsync(await partner.Client.GetAsync($"/v1/webhooks/replays/{id}", Token), HttpStatusCode.NotFound);

        Assert.All([hidden, unknown], problem => Assert.Equal("webhooks.replay_unknown", problem.GetProperty("code").GetString()));
        Assert.Equal([address, second.Headers.Location!.ToString()], await ListAsync(partner, id));
        Assert.Empty(await ListAsync(other, id));
        Assert.Empty(await ListAsync(partner, Guid.CreateVersion7()));
        Assert.Equal("finished", (await partner.ReadAsync(address)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_replay_whose_subscription_ends_stops()
    {
        await using var partner = await Partner.OfAsync(host);
        var since = TimeProvider.System.GetUtcNow().AddDays(-3);
        await InsertAsync(210, since, "972");
        var id = await SubscribeAsync(partner, "http://127.0.0.1:9/", "972");
        using var asked = await AskAsync(partner, id, since);
        await partner.EndAsync(id);

        var stopped = await EndAsync(partner, asked.Headers.Location!.ToString());

        Assert.Equal("stopped", stopped.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_of_the_act_leads_to_the_same_replay()
    {
        await using var partner = await Partner.OfAsync(host);
        var id = await SubscribeAsync(partner, "http://127.0.0.1:9/");
        var (since, key) = (TimeProvider.System.GetUtcNow(), $"{Guid.CreateVersion7()}");

        using var first = await AskAsync(partner, id, since, key);
        using var second = await AskAsync(partner, id, since, key);

        Assert.Equal((HttpStatusCode.Accepted, first.Headers.Location), (second.StatusCode, second.Headers.Location));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotent-Replayed")));
    }

    private static async Task<IEnumerable<string>> ListAsync(Partner partner, Guid subscription) =>
        (await partner.ListAsync($"/v1/webhooks/replays?subscriptionId={subscription}")).Select(replay => $"/v1/webhooks/replays/{replay.GetProperty("id").GetGuid()}");

    private static (Guid, string?, int) Described(JsonElement replay) =>
        (replay.GetProperty("subscriptionId").GetGuid(), replay.GetProperty("status").GetString(), replay.GetProperty("deliveries").GetInt32());

    private static async Task<Guid> SubscribeAsync(Partner partner, string url, string departement = "973") =>
        (await partner.SubscribeAsync(new { url, eventTypes = new[] { Samples.Opened }, filters = new { departements = new[] { departement } } })).GetProperty("id").GetGuid();

    private static async Task<HttpResponseMessage> AskAsync(Partner partner, Guid subscription, DateTimeOffset since, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/webhooks/subscriptions/{subscription}/replay") { Content = JsonContent.Create(new { since = since.UtcDateTime }) };
        request.Headers.Add("Idempotency-Key", key ?? $"{Guid.CreateVersion7()}");
        return await partner.Client.SendAsync(request, Token);
    }

    /// <summary>Waits until it is no longer under way.</summary>
    private static async Task<JsonElement> EndAsync(Partner partner, string address)
    {
        JsonElement replay = default;
        await Eventually.True(async () => (replay = await partner.ReadAsync(address)).GetProperty("status").GetString() != "underWay", TimeSpan.FromSeconds(30));
        return replay;
    }

    private static async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(Partner partner, Guid subscription)
    {
        var first = await partner.ReadAsync($"/v1/webhooks/deliveries?subscriptionId={subscription}&limit=200");
        var rest = await partner.ListAsync($"/v1/webhooks/deliveries?subscriptionId={subscription}&limit=200&after={first.GetProperty("next").GetString()}");
        return [.. first.GetProperty("items").EnumerateArray(), .. rest];
    }

    /// <summary>So many events, one recorded each second.</summary>
    private async Task InsertAsync(int count, DateTimeOffset from, string departement)
    {
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().LightweightSession();
        session.Insert(Enumerable.Range(0, count).Select(number => Samples.Event() with { Id = Guid.CreateVersion7(), RecordedAt = from.AddSeconds(number), Place = new(departement, $"{departement}02", null, null) }));
        await session.SaveChangesAsync(Token);
    }
}
