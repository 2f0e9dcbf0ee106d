using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MilleCafes.Testing;

/// <summary>What arrived at a subscriber's door.</summary>
public sealed record ReceivedWebhook(IReadOnlyDictionary<string, string> Headers, string Body, long Arrival)
{
    public string Id => Headers["webhook-id"];

    public string Type => Json.GetProperty("type").GetString()!;

    public JsonElement Data => Json.GetProperty("data");

    private JsonElement Json => JsonElement.Parse(Body);

    /// <summary>How it is signed, one after the other.</summary>
    public string[] Signatures => Headers["webhook-signature"].Split(' ');

    /// <summary>Standard Webhooks as its text says it, written apart from the host's own code.</summary>
    public bool IsSignedWith(string secret)
    {
        var signed = Encoding.UTF8.GetBytes(Id + "." + Headers["webhook-timestamp"] + "." + Body);
        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal)), signed);
        return Headers["webhook-signature"].Split(' ').Contains("v1," + Convert.ToBase64String(expected));
    }
}

/// <summary>A subscriber on a free port of this machine.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<ReceivedWebhook> arrivals = Channel.CreateUnbounded<ReceivedWebhook>();
    private readonly WebApplication application;
    private int count;

    private WebhookReceiver(Func<int, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Run(async http =>
        {
            var arrival = TimeProvider.System.GetTimestamp();
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            var headers = http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
            var number = Interlocked.Increment(ref count);
            arrivals.Writer.TryWrite(new(headers, body, arrival));
            await answer(number, http);
        });
    }

    /// <summary>How many requests came.</summary>
    public int Count => count;

    public string Address => application.Urls.Single() + "/webhooks";

    /// <param name="answer">Answers the request of this rank, from 1.</param>
    public static async Task<WebhookReceiver> StartAsync(Func<int, HttpContext, Task> answer)
    {
        var receiver = new WebhookReceiver(answer);
        await receiver.application.StartAsync();
        return receiver;
    }

    /// <summary>Answers with these statuses in turn, and with the last of them ever after.</summary>
    public static Task<WebhookReceiver> AnsweringAsync(params int[] statuses) => StartAsync((number, http) =>
    {
        http.Response.StatusCode = statuses[Math.Min(number, statuses.Length) - 1];
        return http.Response.WriteAsync($"answer {number}");
    });

    /// <summary>The next arrival.</summary>
    public Task<ReceivedWebhook> NextAsync(CancellationToken cancellationToken) => arrivals.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);

    public async ValueTask DisposeAsync() => await application.DisposeAsync();
}
