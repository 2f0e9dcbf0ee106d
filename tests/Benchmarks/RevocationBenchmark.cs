using System.Globalization;
using System.Net;
using System.Text.Json;
using MilleCafes.Testing;

namespace MilleCafes.Benchmarks;

/// <summary>How soon a key that is revoked on one node opens nothing on another, from the answer to the one who revoked it.</summary>
internal static class RevocationBenchmark
{
    private const int WarmUps = 5;
    private const int TargetMilliseconds = 1_000;

    public static async Task RunAsync(int revocations)
    {
        await using var first = new MilleCafesHost();
        await first.InitializeAsync();
        await using var second = await first.StartAnotherAsync();
        var latencies = new List<double>();
        for (var number = 0; number < WarmUps + revocations; number++)
        {
            var milliseconds = await RevokeAsync(first, second.Address);
            if (number >= WarmUps)
            {
                latencies.Add(milliseconds);
            }
        }

        latencies.Sort();
        var worst = latencies[^1];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{revocations} revocations, until the other node answers 401: median {At(0.5):0} ms, p95 {At(0.95):0} ms, worst {worst:0} ms; target ≤ {TargetMilliseconds} ms: {(worst <= TargetMilliseconds ? "met" : "MISSED")}"));

        double At(double share) => latencies[(int)Math.Ceiling(share * latencies.Count) - 1];
    }

    private static async Task<double> RevokeAsync(MilleCafesHost first, Uri second)
    {
        var (_, secret) = await first.AddClientAsync(new { name = "Partenaire", kind = "partner", scopes = new[] { "recruitment:read" } });
        using var there = new HttpClient { BaseAddress = second, DefaultRequestHeaders = { Authorization = new("Bearer", secret) } };
        var id = JsonElement.Parse(await there.GetStringAsync("/v1/access/me")).GetProperty("key").GetProperty("id").GetGuid();
        // At the worst moment: the other node has just looked
        using var revoking = first.Administrator.PostAsync($"/v1/access/keys/{id}/revocation", null);
        using var ready = await there.GetAsync("/v1/access/me");
        using var revoked = await revoking;
        revoked.EnsureSuccessStatusCode();
        var answered = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var asked = await there.GetAsync("/v1/access/me");
            if (asked.StatusCode == HttpStatusCode.Unauthorized)
            {
                return TimeProvider.System.GetElapsedTime(answered).TotalMilliseconds;
            }
        }
    }
}
