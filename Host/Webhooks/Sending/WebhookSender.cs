using System.Text.Json;
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
    private readonly SecretSeal seal;
    private readonly EndpointPaces paces;

    /// <param name="stopping">Breaks off what is under way.</param>
    internal WebhookSender(WebhookSettings settings, SecretSeal seal, TimeProvider time, CancellationToken stopping)
    {
        this.seal = seal;
        paces = new(time);
        this.settings = settings;
        this.time = time;
        this.stopping = stopping;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, cancellationToken) => GuardedConnection.OpenAsync(context, settings.AllowLoopback, cancellationToken),
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("MilleCafes-Webhooks/1");
    }

    internal RecentEvents Events { get; } = new();

    public void Dispose() => client.Dispose();

    /// <summary>One attempt; whatever the endpoint does is an outcome, never an exception.</summary>
    /// <returns>Null when it is not the attempt's turn, or the host stops: it is then to be made later.</returns>
    internal async Task<SentWebhook?> SendAsync(WebhookSubscription subscription, WebhookEvent news, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (paces.TryEnter(subscription.Url, subscription.Owner, delivery.Cause == DeliveryCause.Test) is not { } turn)
        {
            return null;
        }

        var (sign, retryAfter) = (EndpointSign.None, (TimeSpan?)null);
        try
        {
            var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
            var answer = await TraceAsync(subscription, news, at, cancellationToken);
            if (answer is null)
            {
                return null;
            }

            (sign, retryAfter) = (answer.Sign, answer.RetryAfter);
            var number = delivery.Attempts.Count + 1;
            var delay = delivery.Cause == DeliveryCause.Test ? null : RetrySchedule.DelayAfter(settings.RetryDelays, number, Random.Shared.NextDouble(), retryAfter);
            return new(new(number, at, answer.Status, answer.Error, (int)time.GetElapsedTime(started).TotalMilliseconds, answer.Start), delay);
        }
        finally
        {
            paces.Leave(turn, sign, retryAfter);
        }
    }

    /// <summary>How long an attempt whose turn it is not waits for it.</summary>
    internal TimeSpan WaitOf(WebhookSubscription subscription, int deferrals) => RetrySchedule.DeferralAfter(deferrals, Random.Shared.NextDouble(), paces.QuietOf(subscription.Url));

    private async Task<EndpointAnswer?> TraceAsync(WebhookSubscription subscription, WebhookEvent news, DateTimeOffset at, CancellationToken cancellationToken)
    {
        using var trace = new WebhookTrace(WebhookEvent.WebhookIdOf(news.Id), new Uri(subscription.Url).Host);
        var answer = await AttemptAsync(subscription, news, at, cancellationToken);
        if (answer is not null)
        {
            trace.End(answer.Status, answer.Error is { } error ? JsonNamingPolicy.CamelCase.ConvertName(error.ToString()) : null);
        }

        return answer;
    }

    private async Task<EndpointAnswer?> AttemptAsync(WebhookSubscription subscription, WebhookEvent news, DateTimeOffset at, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping, deadline.Token);
        try
        {
            if (SignedRequest.Make(subscription, news, seal, at) is not { } request)
            {
                return EndpointAnswer.None(DeliveryError.SecretUnreadable);
            }

            using (request)
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                var start = await AnswerStart.ReadAsync(response, either.Token);
                return new((int)response.StatusCode, null, start, RetryAfterOf(response));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return stopping.IsCancellationRequested ? null : EndpointAnswer.None(DeliveryError.Timeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return EndpointAnswer.None(ErrorOf(exception));
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
