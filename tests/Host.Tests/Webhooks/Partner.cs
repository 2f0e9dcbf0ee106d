using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Host.Access;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks;

/// <summary>A subscriber with a key of its own, and what the network does meanwhile.</summary>
internal sealed class Partner : IAsyncDisposable
{
    private readonly MilleCafesHost host;
    private readonly List<Guid> subscriptions = [];

    private Partner(MilleCafesHost host, string key)
    {
        this.host = host;
        Client = host.With(key);
    }

    public HttpClient Client { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Of the team, who hear of everything
    public static async Task<Partner> OfAsync(MilleCafesHost host, params string[] scopes)
    {
        var (_, key) = await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes });
        return new Partner(host, key);
    }

    public static Task<Partner> OfAsync(MilleCafesHost host) => OfAsync(host, Scopes.WebhooksManage);

    public async Task<(Guid Id, string Secret)> SubscribeAsync(string url, params string[] eventTypes)
    {
        var created = await SubscribeAsync(new { url, eventTypes });
        return (subscriptions[^1], created.GetProperty("secret").GetString()!);
    }

    /// <summary>What the API answers to this very subscription.</summary>
    public async Task<JsonElement> SubscribeAsync(object subscription)
    {
        var created = await ReadAsync(await Client.PostAsJsonAsync("/v1/webhooks/subscriptions", subscription, Token), HttpStatusCode.Created);
        subscriptions.Add(created.GetProperty("id").GetGuid());
        return created;
    }

    /// <summary>An act on a subscription, by the noun of its address.</summary>
    public async Task<JsonElement> ActAsync(Guid subscription, string act, object? body = null, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await Client.PostAsJsonAsync($"/v1/webhooks/subscriptions/{subscription}/{act}", body ?? new { }, Token), expected);

    public async Task<JsonElement> ChangeAsync(Guid subscription, object changes, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await Client.PatchAsJsonAsync($"/v1/webhooks/subscriptions/{subscription}", changes, Token), expected);

    public async Task EndAsync(Guid subscription)
    {
        subscriptions.Remove(subscription);
        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync($"/v1/webhooks/subscriptions/{subscription}", Token)).StatusCode);
    }

    /// <summary>The deliveries to a subscription, in the order of time.</summary>
    public Task<JsonElement[]> DeliveriesAsync(Guid subscription, string? status = null) =>
        ListAsync($"/v1/webhooks/deliveries?subscriptionId={subscription}{(status is null ? "" : $"&status={status}")}");

    /// <summary>Waits until so many deliveries all stand there: the record of an attempt is committed after the endpoint has answered.</summary>
    public async Task<JsonElement[]> DeliveriesAsync(Guid subscription, int count, string status)
    {
        JsonElement[] deliveries = [];
        await Eventually.True(
            async () =>
            {
                deliveries = await DeliveriesAsync(subscription);
                return deliveries.Length == count && deliveries.All(delivery => delivery.GetProperty("status").GetString() == status);
            },
            TimeSpan.FromSeconds(30));
        return deliveries;
    }

    /// <summary>A commune applies and is accepted: a project opens, so that two events happen.</summary>
    public async Task<Guid> AcceptCommuneAsync()
    {
        var candidature = await SubmitAsync();
        await host.TrackAsync(async () => await AcceptAsync(candidature));
        return candidature;
    }

    public Task<Guid> SubmitAsync() => SubmitAsync(host.Administrator, host.NextInseeCode());

    public Task AcceptAsync(Guid candidature) => AcceptAsync(host.Administrator, candidature);

    public static async Task<Guid> SubmitAsync(HttpClient client, string inseeCode)
    {
        var submitted = await client.PostAsJsonAsync(
            "/v1/recruitment/commune-candidatures",
            new
            {
                inseeCode,
                cafeSituation = "none",
                otherShops = 0,
                carriedByMayor = true,
                premises = new { available = true },
                residentsInvolved = true,
                contact = new { name = "Camille Exemple", role = "Maire", email = "mairie@example.org" },
            },
            Token);
        return (await ReadAsync(submitted, HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    public static async Task AcceptAsync(HttpClient client, Guid candidature) =>
        await ReadAsync(await client.PostAsync($"/v1/recruitment/commune-candidatures/{candidature}/acceptance", null, Token));

    public async Task<JsonElement> ReadAsync(string address) => await ReadAsync(await Client.GetAsync(address, Token));

    public Task<JsonElement[]> ListAsync(string address) => ListAsync(Client, address);

    public static async Task<JsonElement[]> ListAsync(HttpClient client, string address) =>
        [.. (await ReadAsync(await client.GetAsync(address, Token))).GetProperty("items").EnumerateArray()];

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {body}");
        return JsonElement.Parse(body);
    }

    /// <summary>Nothing is sent after the test.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var subscription in subscriptions)
        {
            await Client.DeleteAsync($"/v1/webhooks/subscriptions/{subscription}", CancellationToken.None);
        }

        Client.Dispose();
    }
}
