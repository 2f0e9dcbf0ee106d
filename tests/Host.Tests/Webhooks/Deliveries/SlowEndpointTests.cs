using System.Text.Json;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

/// <summary>What hangs harms nobody but itself.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class SlowEndpointTests(MilleCafesHost host)
{
    private const int Hanging = 90;

    [Fact]
    public async Task A_healthy_endpoint_gets_its_event_while_all_the_others_hang()
    {
        await using var slow = await Partner.OfAsync(host);
        await using var quick = await Partner.OfAsync(host);
        var (release, ended) = (new TaskCompletionSource(), 0);
        await using var hanging = await WebhookReceiver.StartAsync(async (_, http) =>
        {
            await using var hungUp = http.RequestAborted.Register(() => Interlocked.Increment(ref ended));
            await release.Task;
        });
        await using var healthy = await WebhookReceiver.AnsweringAsync(200);
        for (var count = 0; count < Hanging; count++)
        {
            await slow.SubscribeAsync(hanging.Address, Samples.Opened);
        }

        await quick.SubscribeAsync(healthy.Address, Samples.Opened);
        var candidature = await slow.SubmitAsync();
        await slow.AcceptAsync(candidature);

        Assert.Equal(candidature, (await healthy.NextAsync(TestContext.Current.CancellationToken)).Data.GetProperty("candidatureId").GetGuid());
        Assert.Equal(0, ended);
        Assert.InRange(hanging.Count, 0, 4);

        release.SetResult();
        JsonElement[] delivered = [];
        await Eventually.True(async () => (delivered = await slow.ListAsync("/v1/webhooks/deliveries?limit=200&status=delivered")).Length == Hanging, TimeSpan.FromSeconds(60));
        Assert.All(delivered, delivery => Assert.Equal(1, delivery.GetProperty("attempts").GetArrayLength()));
        Assert.Equal(Hanging, hanging.Count);
    }
}
