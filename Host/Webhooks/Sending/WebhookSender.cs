using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using MilleCafes.Host.Operations.Telemetry;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>What came of one request.</summary>
/// <param name="Delay">How long to wait before the next one; null when this was the last.</param>
internal sealed record SentWebhook(DeliveryAttempt Attempt, TimeSpan? Delay);

/// <summary>Sends a signed event to a subscriber's address, and to no other.</summary>
public sealed class WebhookSender : IDisposable
{
    private readonly WebhookSettings settings;
    private readonly TimeProvider time;
    private readonly CancellationToken stopping;
    private readonly HttpClient client;
    private readonly AttemptsUnderWay underWay = new();

    /// <param name="stopping">Breaks off what is under way.</param>
    internal WebhookSender(WebhookSettings settings, TimeProvider time, CancellationToken stopping)
    {
        this.settings = settings;
        this.time = time;
        this.stopping = stopping;
        client = new HttpClient(new WebhookTraces(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        }))
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("MilleCafes-Webhooks/1");
    }

    public void Dispose() => client.Dispose();

    /// <summary>One attempt; whatever the endpoint does is an outcome, never an exception.</summary>
    /// <returns>Null when it is not the attempt's turn, or the host stops: it is then to be made later.</returns>
    internal async Task<SentWebhook?> SendAsync(WebhookSubscription subscription, WebhookEvent news, int number, CancellationToken cancellationToken)
    {
        if (!underWay.TryEnter(subscription))
        {
            return null;
        }

        try
        {
            return await AttemptAsync(subscription, news, number, cancellationToken);
        }
        finally
        {
            underWay.Leave(subscription);
        }
    }

    private async Task<SentWebhook?> AttemptAsync(WebhookSubscription subscription, WebhookEvent news, int number, CancellationToken cancellationToken)
    {
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping, deadline.Token);
        try
        {
            using var request = Request(subscription, news, at);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = await AnswerStart.ReadAsync(response, either.Token);
            return Outcome((int)response.StatusCode, null, answer, RetryAfterOf(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return stopping.IsCancellationRequested ? null : Outcome(null, DeliveryError.Timeout, null, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Outcome(null, ErrorOf(exception), null, null);
        }

        SentWebhook Outcome(int? status, DeliveryError? error, string? answer, TimeSpan? retryAfter) => new(
            new(number, at, status, error, (int)time.GetElapsedTime(started).TotalMilliseconds, answer),
            RetrySchedule.DelayAfter(settings.RetryDelays, number, Random.Shared.NextDouble(), retryAfter));
    }

    private static HttpRequestMessage Request(WebhookSubscription subscription, WebhookEvent news, DateTimeOffset at)
    {
        var (body, id, timestamp) = (Encoding.UTF8.GetBytes(news.Body), WebhookEvent.WebhookIdOf(news.Id), at.ToUnixTimeSeconds());
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(subscription.Secret, id, timestamp, body));
        return request;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        if (!settings.AllowLoopback && context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps)
        {
            throw new ForbiddenAddressException(host);
        }

        var addresses = await EndpointAddress.ResolveAsync(host, settings.AllowLoopback, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static DeliveryError ErrorOf(Exception exception) => exception switch
    {
        { InnerException: ForbiddenAddressException } => DeliveryError.ForbiddenAddress,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => DeliveryError.NameUnresolved,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => DeliveryError.Unreachable,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => DeliveryError.CertificateRefused,
        _ => DeliveryError.BrokenAnswer,
    };
}
