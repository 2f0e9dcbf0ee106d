using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Sending;

public sealed class WebhookSenderTests
{
    private static readonly WebhookSettings Development = new() { AllowLoopback = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_arrives_signed_and_byte_for_byte()
    {
        await using var receiver = await WebhookReceiver.AnsweringAsync(204);

        var (attempt, _) = await SendAsync(receiver.Address, Development);

        var received = await receiver.NextAsync(Token);
        Assert.Equal((204, null, 3), (attempt.StatusCode, attempt.Error, attempt.Number));
        Assert.Equal(News.Body.Full, received.Body);
        Assert.Equal("application/json", received.Headers["content-type"]);
        Assert.Equal("MilleCafes-Webhooks/1", received.Headers["user-agent"]);
        Assert.Equal(WebhookEvent.WebhookIdOf(News.Id), received.Id);
        Assert.Equal(attempt.At.ToUnixTimeSeconds(), long.Parse(received.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.True(received.IsSignedWith(Samples.Secret));
        Assert.False(received.IsSignedWith(WebhookSignature.SecretText(WebhookSignature.NewSecret())));
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var target = await WebhookReceiver.AnsweringAsync(200);
        await using var receiver = await WebhookReceiver.StartAsync((_, http) =>
        {
            http.Response.Redirect(target.Address, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });

        var (attempt, _) = await SendAsync(receiver.Address, Development);

        Assert.Equal((307, false), (attempt.StatusCode, attempt.Succeeded));
        Assert.Equal(0, target.Count);
    }

    [Fact]
    public async Task Only_the_start_of_an_endless_answer_is_read()
    {
        await using var receiver = await WebhookReceiver.StartAsync(async (_, http) =>
        {
            var block = Encoding.UTF8.GetBytes(new string('é', 500) + "\0");
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(block, http.RequestAborted);
            }
        });

        var (attempt, _) = await SendAsync(receiver.Address, Development);

        Assert.Equal(200, attempt.StatusCode);
        Assert.StartsWith(new string('é', 500) + '\uFFFD', attempt.Answer, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(attempt.Answer!), 1000, 1040);
        Assert.DoesNotContain('\0', attempt.Answer!);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_in_time_has_failed()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, http) => Samples.HangAsync(http));

        var (attempt, _) = await SendAsync(receiver.Address, Development with { Timeout = TimeSpan.FromMilliseconds(100) });

        Assert.Equal((null, DeliveryError.Timeout), (attempt.StatusCode, attempt.Error));
    }

    [Fact]
    public async Task The_status_decides_even_when_the_answer_never_ends()
    {
        await using var receiver = await WebhookReceiver.StartAsync(async (_, http) =>
        {
            await http.Response.WriteAsync("so far", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Samples.HangAsync(http);
        });

        var (attempt, _) = await SendAsync(receiver.Address, Development with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal((200, null, "so far"), (attempt.StatusCode, attempt.Error, attempt.Answer));
    }

    [Fact]
    public async Task A_success_whose_body_trickles_in_is_delivered_and_loses_the_endpoint_what_it_had_earned()
    {
        var (clock, hanging) = (new TestClock(), new TaskCompletionSource());
        await using var receiver = await WebhookReceiver.StartAsync(async (number, http) =>
        {
            await http.Response.WriteAsync("so far", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            clock.Advance(TimeSpan.FromSeconds(number == 2 ? 3 : 0));
            await (number == 3 ? hanging.Task : Task.CompletedTask);
        });
        using var sender = new WebhookSender(Development, Samples.Seal, clock, Token);
        var subscription = Samples.Subscription(receiver.Address);
        SentWebhook?[] answered = [await sender.SendAsync(subscription, News, Third, Token), await sender.SendAsync(subscription, News, Third, Token)];
        var third = sender.SendAsync(subscription, News, Third, Token);

        var beside = await sender.SendAsync(subscription, News, Third, Token);

        hanging.SetResult();
        Assert.All(answered, sent => Assert.Equal(200, sent?.Attempt.StatusCode));
        Assert.NotNull(await third);
        Assert.Null(beside);
    }

    [Fact]
    public async Task A_host_that_stops_breaks_the_attempt_off()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var receiver = await WebhookReceiver.StartAsync(async (_, http) =>
        {
            await stopping.CancelAsync();
            await Samples.HangAsync(http);
        });
        using var sender = new WebhookSender(Development, Samples.Seal, TimeProvider.System, stopping.Token);
        using var told = new ToldAttempt();

        Assert.Null(await sender.SendAsync(Samples.Subscription(receiver.Address), News, Samples.Delivery(), Token));
        Assert.Equal((null, "interrupted"), Assert.Single(told.Lines));
    }

    [Fact]
    public async Task An_attempt_whose_handler_is_given_up_has_no_outcome()
    {
        using var aborting = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var receiver = await WebhookReceiver.StartAsync(async (_, http) =>
        {
            await aborting.CancelAsync();
            await Samples.HangAsync(http);
        });
        using var sender = new WebhookSender(Development, Samples.Seal, TimeProvider.System, Token);
        using var told = new ToldAttempt();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendAsync(Samples.Subscription(receiver.Address), News, Samples.Delivery(), aborting.Token));
        Assert.Equal((null, "interrupted"), Assert.Single(told.Lines));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0x7f000001")]
    public async Task Production_sends_nothing_to_this_machine(string host)
    {
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);

        var (attempt, _) = await SendAsync($"https://{host}:{new Uri(receiver.Address).Port}/", new WebhookSettings());

        Assert.Equal((null, DeliveryError.ForbiddenAddress), (attempt.StatusCode, attempt.Error));
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task Production_sends_nothing_in_the_clear()
    {
        var (attempt, _) = await SendAsync("http://1.1.1.1/", new WebhookSettings { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((null, DeliveryError.ForbiddenAddress), (attempt.StatusCode, attempt.Error));
    }

    [Theory]
    [InlineData("http://1.1.1.1/")]
    [InlineData("http://[2606:4700::1111]/")]
    public async Task Development_sends_nothing_in_the_clear_but_to_this_machine(string url)
    {
        var (attempt, _) = await SendAsync(url, Development with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((null, DeliveryError.ForbiddenAddress), (attempt.StatusCode, attempt.Error));
    }

    [Fact]
    public async Task A_closed_port_is_an_outcome()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var (attempt, delay) = await SendAsync($"http://127.0.0.1:{port}/", Development);

        Assert.Equal(DeliveryError.Unreachable, attempt.Error);
        Assert.InRange(delay!.Value, TimeSpan.FromMinutes(27), TimeSpan.FromMinutes(33));
    }

    [Fact]
    public async Task What_is_not_HTTP_is_an_outcome()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answer = AnswerAsync();

        var (attempt, _) = await SendAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", Development);

        await answer;
        Assert.Equal(DeliveryError.BrokenAnswer, attempt.Error);

        async Task AnswerAsync()
        {
            using var client = await listener.AcceptTcpClientAsync(Token);
            await client.GetStream().WriteAsync("SSH-2.0-hello\r\n\r\n"u8.ToArray(), Token);
        }
    }

    [Fact]
    public async Task Retry_After_is_honoured()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, http) =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        });

        var (_, delay) = await SendAsync(receiver.Address, Development);

        Assert.Equal(TimeSpan.FromHours(2), delay);
    }

    [Fact]
    public async Task A_subscription_whose_secret_another_key_closed_is_sent_nothing()
    {
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        using var sender = new WebhookSender(Development, new SecretSeal([.. Enumerable.Repeat((byte)1, SecretSeal.KeyBytes)]), TimeProvider.System, Token);

        var sent = await sender.SendAsync(Samples.Subscription(receiver.Address), News, Third, Token);

        Assert.Equal(DeliveryError.SecretUnreadable, sent?.Attempt.Error);
        Assert.Equal(0, receiver.Count);
    }

    private static WebhookEvent News { get; } = Samples.Event();

    private static WebhookDelivery Third { get; } = Samples.Delivery() with
    {
        Attempts = [new(1, Samples.Now, 500, null, 1, ""), new(2, Samples.Now, 500, null, 1, "")],
    };

    private static async Task<SentWebhook> SendAsync(string url, WebhookSettings settings)
    {
        using var sender = new WebhookSender(settings, Samples.Seal, TimeProvider.System, Token);
        using var told = new ToldAttempt();
        var sent = Assert.IsType<SentWebhook>(await sender.SendAsync(Samples.Subscription(url), News, Third, Token));
        // The log and the traces tell the very word and status that the delivery lists
        Assert.Equal((sent.Attempt.StatusCode, sent.Attempt.Error is { } error ? JsonNamingPolicy.CamelCase.ConvertName($"{error}") : null), Assert.Single(told.Lines));
        return sent;
    }
}
