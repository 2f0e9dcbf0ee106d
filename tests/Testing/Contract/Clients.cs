using System.Net.Http.Headers;

namespace MilleCafes.Testing.Contract;

/// <summary>The only way to a client in tests: no answer passes that the document does not tell of, unless it is said aloud.</summary>
public static class Clients
{
    /// <param name="host">Where the host listens; the document that it serves counts.</param>
    /// <param name="key">The key that the client sends; none when null.</param>
    /// <param name="inner">Sends, as it likes.</param>
    public static HttpClient Of(Uri host, string? key = null, HttpMessageHandler? inner = null) =>
        With(new DocumentedAnswers(host, inner ?? new SocketsHttpHandler()), host, key);

    /// <summary>Another document than the one that is served.</summary>
    public static HttpClient Against(ApiDocument document, Uri host, string? key = null, HttpMessageHandler? inner = null) =>
        With(new DocumentedAnswers(new AnswerCheck(document), inner ?? new SocketsHttpHandler()), host, key);

    /// <summary>For hosts with endpoints that a test planted, which no document tells of, and for what is not the product.</summary>
    public static HttpClient Unchecked(Uri host, string? key = null) => With(new SocketsHttpHandler(), host, key);

    private static HttpClient With(HttpMessageHandler handler, Uri host, string? key) =>
        new(handler) { BaseAddress = host, DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) } };
}
