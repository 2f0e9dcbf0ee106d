using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Testing;

namespace MilleCafes.Benchmarks;

/// <summary>How soon a subscriber knows of an acceptance, from the answer to the one who accepted.</summary>
internal static class WebhooksBenchmark
{
    private const int WarmUps = 50;
    private const int Acceptances = 200;
    private static readonly string[] Everything = ["*"];

    public static async Task MeasureLatencyAsync()
    {
        await using var host = new MilleCafesHost();
        await host.InitializeAsync();
        await using var receiver = await WebhookReceiver.AnsweringAsync(204);
        using var subscribed = await host.Administrator.PostAsJsonAsync("/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = Everything });
        subscribed.EnsureSuccessStatusCode();

        var latencies = new Dictionary<string, Latencies>();
        for (var number = 0; number < WarmUps + Acceptances; number++)
        {
            var candidature = await SubmitAsync(host);
            using var accepted = await host.Administrator.PostAsync($"/v1/recruitment/commune-candidatures/{candidature}/acceptance", null);
            accepted.EnsureSuccessStatusCode();
            var answered = TimeProvider.System.GetTimestamp();
            foreach (var received in new[] { await receiver.NextAsync(CancellationToken.None), await receiver.NextAsync(CancellationToken.None) })
            {
                if (number >= WarmUps)
                {
                    // A webhook can be faster than the answer on its way back
                    var elapsed = Math.Max(0, TimeProvider.System.GetElapsedTime(answered, received.Arrival).TotalMilliseconds);
                    (latencies.TryGetValue(received.Type, out var known) ? known : latencies[received.Type] = new()).Add(received.Type, elapsed);
                }
            }
        }

        foreach (var (type, measured) in latencies)
        {
            Console.WriteLine($"{type}: {measured.Describe()}");
        }
    }

    private static async Task<Guid> SubmitAsync(MilleCafesHost host)
    {
        using var submitted = await host.Administrator.PostAsJsonAsync("/v1/recruitment/commune-candidatures", new
        {
            inseeCode = host.NextInseeCode(),
            cafeSituation = "none",
            otherShops = 0,
            carriedByMayor = true,
            premises = new { available = true },
            residentsInvolved = true,
            contact = new { name = "Camille Exemple", email = "mairie@example.org" },
        });
        submitted.EnsureSuccessStatusCode();
        return (await submitted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
