using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MilleCafes.Tour;

/// <summary>What a webhook is about: its type and the candidature that caused it.</summary>
internal readonly record struct Subject(string Type, Guid CandidatureId);

/// <summary>A subscriber: listens on a free loopback port, and believes only what is signed with its secret.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<Subject, TaskCompletionSource<long>> awaited = new();
    private string? secret;
    private int refused;

    private Receiver(WebApplication application, TimeProvider time) => (this.application, this.time) = (application, time);

    /// <summary>Where webhooks are to be sent.</summary>
    public Uri Address => new(new Uri(application.Urls.Single()), "webhooks");

    /// <summary>How many requests did not prove where they came from.</summary>
    public int Refused => refused;

    public static async Task<Receiver> StartAsync(TimeProvider time, CancellationToken token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024);
        var receiver = new Receiver(builder.Build(), time);
        receiver.application.MapPost("/webhooks", receiver.ReceiveAsync);
        await receiver.application.StartAsync(token);
        return receiver;
    }

    /// <summary>The secret that the subscription's creation told.</summary>
    public void Trust(string subscriptionSecret) => secret = subscriptionSecret;

    /// <summary>Ends when the first verified webhook on this subject is here, with the timestamp of its arrival.</summary>
    public Task<long> ArrivalOf(Subject subject) => Awaited(subject).Task;

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var arrival = time.GetTimestamp();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var content = body.ToArray();
        if (secret is null || !StandardWebhooks.Verify(
            secret, Header(request, "webhook-id"), Header(request, "webhook-timestamp"), Header(request, "webhook-signature"), content, time.GetUtcNow()))
        {
            Interlocked.Increment(ref refused);
            return Results.BadRequest();
        }

        var webhook = JsonSerializer.Deserialize<WebhookTold>(content, JsonSerializerOptions.Web)!;
        if (webhook.Data.TryGetProperty("candidatureId", out var candidature) && candidature.TryGetGuid(out var id))
        {
            // The same event may come twice: the first counts
            Awaited(new(webhook.Type, id)).TrySetResult(arrival);
        }

        return Results.NoContent();
    }

    private static string Header(HttpRequest request, string name) => request.Headers[name].ToString();

    private TaskCompletionSource<long> Awaited(Subject subject) =>
        awaited.GetOrAdd(subject, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
