using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MilleCafes.Tour;

/// <summary>The API said no: its stable code and its sentence.</summary>
internal sealed record Refusal(HttpStatusCode Status, string Code, string Detail);

/// <summary>A partner's client of the API, written from its documentation alone.</summary>
internal sealed class Partner : IDisposable
{
    private const string Candidatures = "v1/recruitment/commune-candidatures";
    private const string Subscriptions = "v1/webhooks/subscriptions";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HttpClient http;

    public Partner(Uri url, string key, string language)
    {
        http = new() { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
    }

    /// <summary>Whether a host at this address is ready to serve.</summary>
    public static async Task<bool> IsReadyAsync(Uri url, CancellationToken token)
    {
        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var answer = await http.GetAsync("health/ready", token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !token.IsCancellationRequested))
        {
            return false;
        }
    }

    public Task<CommunesFound> SearchCommunesAsync(string name, string departement, CancellationToken token) =>
        GetAsync<CommunesFound>($"v1/reference/communes?search={Uri.EscapeDataString(name)}&departement={Uri.EscapeDataString(departement)}", token);

    public async Task<IReadOnlyList<ProjectTold>> ProjectsAsync(string inseeCode, CancellationToken token) =>
        (await GetAsync<Page<ProjectTold>>($"v1/accompaniment/projects?inseeCode={inseeCode}", token)).Items;

    public Task<(CandidatureTold? Candidature, Refusal? Refusal)> SubmitAsync(CandidatureSent candidature, CancellationToken token) =>
        PostAsync<CandidatureTold>(Candidatures, candidature, token);

    public Task<(CandidatureTold? Candidature, Refusal? Refusal)> AcceptAsync(Guid candidature, CancellationToken token) =>
        PostAsync<CandidatureTold>($"{Candidatures}/{candidature}/acceptance", null, token);

    public async Task<SubscriptionTold> SubscribeAsync(Uri receiver, IReadOnlyList<string> eventTypes, CancellationToken token)
    {
        var (subscription, refusal) = await PostAsync<SubscriptionTold>(Subscriptions, new SubscriptionSent(receiver.ToString(), eventTypes), token);
        return subscription ?? throw new TourException($"POST {Subscriptions}: {(int)refusal!.Status} {refusal.Code}: {refusal.Detail}");
    }

    public async Task UnsubscribeAsync(Guid subscription, CancellationToken token)
    {
        using var answer = await http.DeleteAsync($"{Subscriptions}/{subscription}", token);
    }

    public void Dispose() => http.Dispose();

    private async Task<T> GetAsync<T>(string path, CancellationToken token)
        where T : class
    {
        using var answer = await http.GetAsync(path, token);
        var (value, refusal) = await ReadAsync<T>(answer, token);
        return value ?? throw new TourException($"GET {path}: {(int)refusal!.Status} {refusal.Code}: {refusal.Detail}");
    }

    private async Task<(T? Value, Refusal? Refusal)> PostAsync<T>(string path, object? body, CancellationToken token)
        where T : class
    {
        using var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json);
        using var answer = await http.PostAsync(path, content, token);
        return await ReadAsync<T>(answer, token);
    }

    private static async Task<(T? Value, Refusal? Refusal)> ReadAsync<T>(HttpResponseMessage answer, CancellationToken token)
        where T : class
    {
        if (answer.IsSuccessStatusCode)
        {
            return (await answer.Content.ReadFromJsonAsync<T>(Json, token), null);
        }

        var problem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await answer.Content.ReadFromJsonAsync<ProblemTold>(Json, token)
            : null;
        // A key that is missing, wrong or too narrow would be refused at every step: once is enough
        return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? throw new TourException($"{(int)answer.StatusCode} {problem?.Code}: {problem?.Detail}")
            : (null, new(answer.StatusCode, problem?.Code ?? "", problem?.Detail ?? answer.ReasonPhrase ?? ""));
    }
}
