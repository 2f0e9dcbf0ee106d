using System.Net.Http.Json;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>What these stories send and read.</summary>
internal static class GerantLetters
{
    public static Task<HttpResponseMessage> PostAsync(this HttpClient http, string address, object body) => http.PostAsync(address, JsonContent.Create(body), TestContext.Current.CancellationToken);

    /// <summary>An act on a candidature.</summary>
    public static Task<HttpResponseMessage> ActAsync(this HttpClient http, string id, string act, object? body = null) => http.PostAsync($"{Candidatures}/{id}/{act}", body ?? new { });

    /// <summary>Hands somebody on, and returns the candidature.</summary>
    public static async Task<string> SentAsync(this HttpClient http, string? email = null, string? offer = null, string? phone = null)
    {
        var letter = Letter(email ?? NextEmail(), offer);
        if (phone is not null)
        {
            ((Dictionary<string, object?>)letter["applicant"]!)["phone"] = phone;
        }

        using var answer = await http.PostAsync(Candidatures, letter);
        return (await answer.ReadAsync(HttpStatusCode.Created))["id"].Text();
    }

    /// <summary>Refused with this status and code.</summary>
    public static async Task<JsonNode> RefusedAsync(this Task<HttpResponseMessage> asked, HttpStatusCode status, string code)
    {
        using var answer = await asked;
        var problem = await answer.ReadAsync(status);
        Assert.Equal(code, problem["code"].Text());
        return problem;
    }

    /// <summary>Done, with this status.</summary>
    public static async Task DoneAsync(this Task<HttpResponseMessage> asked, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await asked;
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    /// <summary>Has what a candidate told of themselves put right.</summary>
    public static async Task<JsonNode> ChangedAsync(this HttpClient http, string id, object body)
    {
        using var answer = await http.PostAsJsonAsync($"{Candidatures}/{id}/rectification", body, TestContext.Current.CancellationToken);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    public static async Task<JsonArray> ListedAsync(this HttpClient http, string query) => (await http.ReadAsync($"{Candidatures}?{query}"))["items"]!.AsArray();
}
