using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
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
    private const int KeptAnswerBytes = 1024;

    private readonly WebhookSettings settings;
    private readonly TimeProvider time;
    private readonly HttpClient client;

    internal WebhookSender(WebhookSettings settings, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("MilleCafes-Webhooks/1");
    }

    public void Dispose() => client.Dispose();

    /// <summary>One attempt; whatever the endpoint does is an outcome, never an exception.</summary>
    internal async Task<SentWebhook> SendAsync(WebhookSubscription subscription, WebhookEvent news, int number, CancellationToken cancellationToken)
    {
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = Request(subscription, news, at);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = await ReadStartAsync(response, either.Token);
            return Outcome((int)response.StatusCode, null, answer, RetryAfterOf(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Outcome(null, DeliveryError.Timeout, null, null);
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

    // The status has decided: an answer that breaks off or never ends is shown as far as it came. PostgreSQL's JSON has no character 0
    private static async Task<string> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (start, count) = (new byte[KeptAnswerBytes], 0);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (count < start.Length && await stream.ReadAsync(start.AsMemory(count), cancellationToken) is > 0 and var read)
            {
                count += read;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
        }

        return Encoding.UTF8.GetString(start, 0, count).Replace('\0', '\uFFFD');
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
