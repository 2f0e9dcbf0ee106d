using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Sends what the generator makes and keeps what must not have happened.</summary>
internal sealed class Campaign(MilleCafesHost host, ApiDocument document) : IDisposable
{
    private const int Workers = 4;
    private const int MaximumBody = 1024 * 1024;

    /// <summary>No request may take longer, whatever it is.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly HttpClient client = new(new DocumentedAnswers(new AnswerCheck(document), new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
    }))
    {
        Timeout = Limit,
    };

    private readonly Memory memory = new();
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentDictionary<(string Operation, int Status), int> counts = new();
    private readonly ConcurrentDictionary<int, int> statuses = new();

    public IReadOnlyCollection<string> Faults => faults;

    public IReadOnlyDictionary<int, int> Statuses => statuses;

    /// <summary>How often an operation was answered with a status.</summary>
    public int Count(ApiOperation operation, Func<int, bool> status) => counts.Where(count => count.Key.Operation == operation.Id && status(count.Key.Status)).Sum(count => count.Value);

    public async Task SendAsync(int requests, int seed, CancellationToken token)
    {
        var me = JsonElement.Parse(await host.Administrator.GetStringAsync("/v1/access/me", token));
        memory.Spare(me.GetProperty("key").GetProperty("id").GetString()!);
        memory.Spare(me.GetProperty("client").GetProperty("id").GetString()!);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => WorkAsync(worker, requests, seed, token)));
    }

    private Task WorkAsync(int worker, int requests, int seed, CancellationToken token) => Task.Run(
        async () =>
        {
            var random = new Random(unchecked((seed * 31) + worker));
            var generator = new Generator(document, memory);
            for (var number = 0; number < requests / Workers && faults.Count < 20; number++)
            {
                var (operation, request) = generator.Next(random);
                await SendAsync(operation, request, token);
            }
        },
        token);

    /// <summary>Reads every list to its end, and every item of it: what was stored must look as the document says.</summary>
    /// <returns>How many things there are.</returns>
    public async Task<int> ReadAllAsync(CancellationToken token)
    {
        var found = 0;
        foreach (var list in document.All.Where(operation => operation.Method == HttpMethod.Get && !operation.Path.Contains('{', StringComparison.Ordinal) && IsList(operation)))
        {
            var single = document.All.FirstOrDefault(operation => operation.Method == HttpMethod.Get && operation.Path == $"{list.Path}/{{id}}");
            for (string? after = null, next = ""; next is not null; after = next)
            {
                var page = await GetAsync(list, $"{list.Path}?limit=200{(after is null ? "" : $"&after={after}")}", token);
                foreach (var item in page?.GetProperty("items").EnumerateArray().ToArray() ?? [])
                {
                    found++;
                    if (single is not null && found % 10 == 0)
                    {
                        await GetAsync(single, $"{list.Path}/{item.GetProperty("id").GetString()}", token);
                    }
                }

                next = page?.GetProperty("next").GetString();
            }
        }

        return found;
    }

    public void Dispose() => client.Dispose();

    // The registry of communes is 35 000 of the host's own, read elsewhere
    private bool IsList(ApiOperation operation) => !operation.Path.StartsWith("/v1/reference/", StringComparison.Ordinal)
        && operation.Answer(200) is { } answer && answer.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var form)
        && form.GetProperty("schema").TryGetProperty("$ref", out var reference) && document.Resolve(reference.GetString()!).GetProperty("properties").TryGetProperty("items", out _);

    private async Task<JsonElement?> GetAsync(ApiOperation operation, string target, CancellationToken token)
    {
        var (status, answer) = await SendAsync(operation, new Wire("reading all", "GET", target, [], null, null), token);
        if (status != 200)
        {
            faults.Enqueue($"GET {target} → {status}");
        }

        return status == 200 ? answer : null;
    }

    private async Task<(int Status, JsonElement? Answer)> SendAsync(ApiOperation operation, Wire request, CancellationToken token)
    {
        using var message = request.ToMessage(host.Anonymous.BaseAddress!);
        if (request.Headers.All(header => header.Name != "Authorization"))
        {
            message.Headers.Authorization = new("Bearer", host.AdministratorKey);
        }

        try
        {
            using var answer = await client.SendAsync(message, token);
            var status = (int)answer.StatusCode;
            counts.AddOrUpdate((operation.Id, status), 1, (_, count) => count + 1);
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status >= 500)
            {
                faults.Enqueue($"{status}: {request}\n      {await answer.Content.ReadAsStringAsync(token)}");
            }

            if (!answer.IsSuccessStatusCode || message.Method == HttpMethod.Head || answer.Content.Headers.ContentType?.MediaType != "application/json" || answer.Content.Headers.ContentLength == 0)
            {
                return (status, null);
            }

            var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(token));
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
