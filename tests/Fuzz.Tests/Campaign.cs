using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Sends what the generator makes and keeps what must not have happened.</summary>
internal sealed class Campaign(MilleCafesHost host, ApiDocument document, Memory memory, Holders holders, Deeds deeds) : IDisposable
{
    public const int Workers = 4;

    /// <summary>After so many requests, a worker does something rightly that a document alone does not tell how to do.</summary>
    private const int Between = 80;
    private const int MaximumBody = 1024 * 1024;

    /// <summary>No request may take longer, whatever it is.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly HttpClient client = Hurried(Clients.Against(document, host.Anonymous.BaseAddress!, inner: new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
    }));

    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentDictionary<(string Operation, int Status), int> counts = new();
    private readonly ConcurrentDictionary<int, int> statuses = new();

    public IReadOnlyCollection<string> Faults => faults;

    public IReadOnlyDictionary<int, int> Statuses => statuses;

    /// <summary>How often an operation was answered with a status.</summary>
    public int Count(ApiOperation operation, Func<int, bool> status) => counts.Where(count => count.Key.Operation == operation.Id && status(count.Key.Status)).Sum(count => count.Value);

    public Task SendAsync(int requests, int seed, CancellationToken token) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => WorkAsync(worker, requests, seed, token)));

    private static HttpClient Hurried(HttpClient made)
    {
        made.Timeout = Limit;
        return made;
    }

    private Task WorkAsync(int worker, int requests, int seed, CancellationToken token) => Task.Run(
        async () =>
        {
            var random = new Random(unchecked((seed * 31) + worker));
            var generator = new Generator(document, memory);
            for (var number = 0; number < requests / Workers && faults.Count < 20; number++)
            {
                var (operation, request) = generator.Next(random);
                await SendAsync(holders.Draw(random), operation, request, token);
                if (number % Between == Between - 1)
                {
                    number += await deeds.DoAsync(this, generator, worker, random, token);
                }
            }
        },
        token);

    public void Dispose() => client.Dispose();

    public void Fault(string fault) => faults.Enqueue(fault);

    public async Task<(int Status, JsonElement? Answer)> SendAsync(Holder drawn, ApiOperation operation, Wire request, CancellationToken token)
    {
        using var message = request.ToMessage(host.Anonymous.BaseAddress!);
        var holder = request.Headers.Any(header => header.Name == "Authorization") ? holders.Nobody : drawn;
        if (holder.Key is { } key)
        {
            message.Headers.Authorization = new("Bearer", key);
        }

        try
        {
            using var answer = await client.SendAsync(message, token);
            var status = (int)answer.StatusCode;
            counts.AddOrUpdate((operation.Id, status), 1, (_, count) => count + 1);
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status >= 500)
            {
                faults.Enqueue($"{status} for the {holder.Name}: {request}\n      {await answer.Content.ReadAsStringAsync(token)}");
            }

            var text = await answer.Content.ReadAsStringAsync(token);
            if (holders.Foreign(holder, $"{answer.Headers}{answer.Content.Headers}{text}") is { Count: > 0 } foreign)
            {
                faults.Enqueue($"The {holder.Name} was shown {string.Join(", ", foreign)}: {request}\n      {text}");
            }

            if (!answer.IsSuccessStatusCode || message.Method == HttpMethod.Head || answer.Content.Headers.ContentType?.MediaType != "application/json" || answer.Content.Headers.ContentLength == 0)
            {
                return (status, null);
            }

            var json = JsonElement.Parse(text);
            memory.Learn(operation, json);
            return (status, json);
        }
        catch (UndocumentedAnswerException lie)
        {
            faults.Enqueue($"{lie.Message}\n    {request}");
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            faults.Enqueue($"no answer within {Limit.TotalSeconds} s: {request}");
        }
        catch (HttpRequestException cut) when (cut.HttpRequestError is HttpRequestError.Unknown or HttpRequestError.ResponseEnded && request.Body?.Length > MaximumBody)
        {
            // The host need not listen to the end of what it will not take
            statuses.AddOrUpdate((int)HttpStatusCode.RequestEntityTooLarge, 1, (_, count) => count + 1);
        }
        catch (Exception fault) when (fault is HttpRequestException or FormatException or InvalidOperationException or JsonException or NotSupportedException)
        {
            faults.Enqueue($"{fault.GetType().Name} {fault.Message} {fault.InnerException?.Message}: {request}");
        }

        return (0, null);
    }
}
