namespace MilleCafes.Testing.Contract;

/// <summary>An answer that the served document does not tell of.</summary>
public sealed class UndocumentedAnswerException(string message) : Exception(message);

/// <summary>Stands between a test and the host: no answer passes that the served document does not tell of.</summary>
public sealed class DocumentedAnswers : DelegatingHandler
{
    // Whatever their settings, all hosts of a build serve one document (SnapshotTests asks two), and each would need longer to write it than to start
    private static Lazy<Task<AnswerCheck>>? served;

    private readonly Uri host;
    private readonly AnswerCheck? given;

    /// <param name="host">Where the product listens; what the first one to answer in this process serves counts for all.</param>
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
        var own = new Lazy<Task<AnswerCheck>>(ReadAsync);
        while (true)
        {
            var reading = Interlocked.CompareExchange(ref served, own, null) ?? own;
            try
            {
                return await reading.Value;
            }
            catch (Exception) when (reading != own)
            {
                // The host that was asked was on its way down: this one is asked instead
                Interlocked.CompareExchange(ref served, null, reading);
            }
            catch
            {
                // So may this one be; the next answer asks again
                Interlocked.CompareExchange(ref served, null, own);
                throw;
            }
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
