using System.Collections.Concurrent;

namespace MilleCafes.Testing.Contract;

/// <summary>An answer that the served document does not tell of.</summary>
public sealed class UndocumentedAnswerException(string message) : Exception(message);

/// <summary>Stands between a test and the host: no answer passes that the served document does not tell of.</summary>
public sealed class DocumentedAnswers : DelegatingHandler
{
    private static readonly ConcurrentDictionary<Uri, Lazy<Task<AnswerCheck>>> Checks = new();

    private readonly Uri host;
    private readonly AnswerCheck? given;

    /// <param name="host">Whose document counts; read once, at the first answer.</param>
    /// <param name="inner">Sends, as it likes.</param>
    public DocumentedAnswers(Uri host, HttpMessageHandler inner)
        : base(inner) => this.host = host;

    /// <param name="given">Another document than the one that is served.</param>
    /// <param name="inner">Sends, as it likes.</param>
    public DocumentedAnswers(AnswerCheck given, HttpMessageHandler inner)
        : base(inner) => (host, this.given) = (new Uri("about:blank"), given);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        // A redirection that was followed is another host's, or another page's, business
        if (request.RequestUri!.Authority != host.Authority && given is null)
        {
            return answer;
        }

        // What is not sent cannot be read
        if (answer.StatusCode == System.Net.HttpStatusCode.NotModified)
        {
            return answer;
        }

        var check = given ?? await CheckAsync();
        using var plain = await Decompression.OfAsync(answer, cancellationToken);
        var faults = await check.FaultsAsync(request, plain ?? answer, cancellationToken);
        return faults.Count == 0
            ? answer
            : throw new UndocumentedAnswerException(
                $"{request.Method} {request.RequestUri.PathAndQuery} → {(int)answer.StatusCode}. The document lies:\n- {string.Join("\n- ", faults)}\n{await ExcerptAsync(answer, cancellationToken)}");
    }

    private static async Task<string> ExcerptAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var text = await answer.Content.ReadAsStringAsync(token);
        return text.Length > 1_000 ? text[..1_000] + "…" : text;
    }

    private async Task<AnswerCheck> CheckAsync()
    {
        var reading = Checks.GetOrAdd(host, _ => new(ReadAsync));
        try
        {
            return await reading.Value;
        }
        catch
        {
            // The host may have been on its way down; the next answer asks again
            Checks.TryRemove(new(host, reading));
            throw;
        }
    }

    private async Task<AnswerCheck> ReadAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, "/openapi/v1.json"));
        using var answer = await base.SendAsync(request, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
        return new(ApiDocument.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None)));
    }
}
