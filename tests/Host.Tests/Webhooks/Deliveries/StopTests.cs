using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

/// <summary>A host that stops waits for no endpoint, and loses nothing.</summary>
public sealed class StopTests(MilleCafesHost neighbour)
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);
    private static readonly string[] Opened = [Samples.Opened];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_breaks_off_the_attempt_under_way_and_the_next_start_makes_it()
    {
        var connection = await neighbour.CreateDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync((number, http) => number == 1 ? Samples.HangAsync(http) : http.Response.WriteAsync("at last"));
        var key = "";
        using (var host = Start(connection))
        {
            using var client = await ClientAsync(host);
            await Eventually.True(() => Task.FromResult((key = AdministratorKeys.In(host.Output) ?? "").Length > 0), Prompt);
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            await Partner.ReadAsync(await client.PostAsJsonAsync("/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = Opened }, Token), HttpStatusCode.Created);
            await Partner.AcceptAsync(client, await Partner.SubmitAsync(client, neighbour.NextInseeCode()));
            await receiver.NextAsync(Token);

            await host.SignalAsync("TERM", Token);

            Assert.Equal(0, await host.ExitAsync(Token).WaitAsync(Prompt, Token));
        }

        using var next = Start(connection);
        using var again = await ClientAsync(next);
        again.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await receiver.NextAsync(Token);
        await Eventually.True(async () => (await Partner.ListAsync(again, "/v1/webhooks/deliveries?status=delivered")).Length == 1, Prompt);
        var attempt = Assert.Single(Assert.Single(await Partner.ListAsync(again, "/v1/webhooks/deliveries")).GetProperty("attempts").EnumerateArray());
        Assert.Equal((1, "at last"), (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("answer").GetString()));
    }

    private static HostProcess Start(string connection) =>
        HostProcess.Start("--port", "0", "--connection", connection, "--Webhooks:AllowLoopback=true", "--Webhooks:Timeout=00:00:45");

    private static async Task<HttpClient> ClientAsync(HostProcess host) => Clients.Of(await host.AddressAsync(Token));
}
