using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>A café from its candidature on, as the messages tell of it.</summary>
internal sealed record ToldCafe(CommuneCandidatureAccepted Accepted)
{
    // As Accompaniment derives it, so that a client can have the café before there is one
    public Guid Id => DerivedId.From(Accepted.CandidatureId, "CafeProject", Accepted.AcceptedAt);

    public string Acceptance => $"recruitment.commune-candidature.accepted {Accepted.CandidatureId}";

    public string Opening => $"accompaniment.project.opened {Id}";

    public static ToldCafe In(string inseeCode) => new(new CommuneCandidatureAccepted(Guid.CreateVersion7(), inseeCode, "Commune", "80", TimeProvider.System.GetUtcNow()));
}

/// <summary>A client that subscribes to everything of two communes, and reads the feed.</summary>
internal sealed class Hearer(MilleCafesHost host, Guid client, HttpClient http, WebhookReceiver receiver, Guid subscription) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Types = ["recruitment.*", "accompaniment.*"];

    public Guid Client => client;

    public HttpClient Http => http;

    public Guid Subscription => subscription;

    public static async Task<Hearer> OfAsync(MilleCafesHost host, object facts, WebhookReceiver receiver, params ToldCafe[] cafes)
    {
        var (client, key) = await host.AddClientAsync(facts);
        var http = host.With(key);
        using var made = await http.SendAsync(
            "/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = Types, filters = new { inseeCodes = cafes.Select(cafe => cafe.Accepted.InseeCode) } });
        return new(host, client, http, receiver, Guid.Parse((await made.ReadAsync(HttpStatusCode.Created))["id"].Text()));
    }

    /// <summary>What arrived at the address, once so many deliveries have.</summary>
    public async Task<string[]> ReceivedAsync(int count)
    {
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(count, (await DeliveriesAsync()).Length);
        await Eventually.True(async () => (await DeliveriesAsync()).All(delivery => delivery!["status"].Text() == "delivered"), Patience);
        var arrived = new List<string>();
        for (var number = 0; number < count; number++)
        {
            arrived.Add(Named((await receiver.NextAsync(token)).Body));
        }

        return [.. arrived.Order(StringComparer.Ordinal)];
    }

    /// <summary>What the feed says of these cafés, to its end.</summary>
    public async Task<string[]> ReadAsync(params ToldCafe[] cafes)
    {
        var read = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = await http.ReadAsync($"/v1/webhooks/events?limit=200{next}");
            read.AddRange(page["items"]!.AsArray().Select(item => Named(item!["body"]!.ToJsonString())));
            next = page["next"] is { } cursor ? $"&after={cursor.Text()}" : null;
        }

        return [.. read.Intersect(cafes.SelectMany(cafe => new[] { cafe.Acceptance, cafe.Opening })).Order(StringComparer.Ordinal)];
    }

    public async Task<JsonNode?[]> DeliveriesAsync() => [.. (await http.ReadAsync($"/v1/webhooks/deliveries?subscriptionId={subscription}"))["items"]!.AsArray()];

    /// <summary>An act on the subscription, and all that it causes.</summary>
    public Task ActAsync(string act, object? body = null) => host.TrackAsync(async () =>
    {
        using var answer = await http.SendAsync($"/v1/webhooks/subscriptions/{subscription}/{act}", body ?? new { });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    });

    public async ValueTask DisposeAsync()
    {
        await http.DeleteAsync($"/v1/webhooks/subscriptions/{subscription}", CancellationToken.None);
        http.Dispose();
    }

    private static string Named(string body)
    {
        var (type, data) = (JsonNode.Parse(body)!["type"].Text(), JsonNode.Parse(body)!["data"]!);
        return $"{type} {(type == "accompaniment.project.opened" ? data["projectId"] : data["candidatureId"])}";
    }
}
