using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace MilleCafes.Scenarios.Tests;

/// <summary>What the stories send and read: JSON as a partner writes it, without the application's own types.</summary>
internal static class Letters
{
    public const string Candidatures = "/v1/recruitment/commune-candidatures";
    public const string Projects = "/v1/accompaniment/projects";

    /// <summary>The letter of a commune that meets every criterion.</summary>
    public static JsonObject Letter(string inseeCode) => new()
    {
        ["inseeCode"] = inseeCode,
        ["cafeSituation"] = "none",
        ["otherShops"] = 0,
        ["carriedByMayor"] = true,
        ["premises"] = new JsonObject { ["available"] = true, ["description"] = "Ancien bar-tabac sur la place", ["surfaceSquareMetres"] = 65, ["housingForTwo"] = true },
        ["residentsInvolved"] = true,
        ["contact"] = new JsonObject { ["name"] = "Camille Exemple", ["role"] = "Maire", ["email"] = "mairie@example.org" },
    };

    /// <summary>The letter of a commune that knows of no premises, and so is not eligible.</summary>
    public static JsonObject LetterWithoutPremises(string inseeCode)
    {
        var letter = Letter(inseeCode);
        letter["premises"] = new JsonObject { ["available"] = false };
        return letter;
    }

    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient http, JsonObject letter) => http.PostAsJsonAsync(Candidatures, letter);

    public static Task<HttpResponseMessage> ActAsync(this HttpClient http, Guid candidature, string act, JsonObject? body = null) =>
        http.PostAsync($"{Candidatures}/{candidature}/{act}", body is null ? null : JsonContent.Create(body));

    /// <summary>Posts whatever it is, or nothing.</summary>
    public static Task<HttpResponseMessage> SendAsync(this HttpClient http, string path, object? body = null) =>
        http.PostAsync(path, body is null ? null : JsonContent.Create(body), TestContext.Current.CancellationToken);

    /// <summary>Submits a candidature and returns its id.</summary>
    public static async Task<Guid> SubmittedAsync(this HttpClient http, JsonObject letter)
    {
        using var answer = await http.SubmitAsync(letter);
        var candidature = await answer.ReadAsync(HttpStatusCode.Created);
        return candidature["id"]!.GetValue<Guid>();
    }

    /// <summary>Does something that must succeed with 200, and returns the candidature's new state.</summary>
    public static async Task<JsonNode> DoneAsync(this HttpClient http, Guid candidature, string act, JsonObject? body = null)
    {
        using var answer = await http.ActAsync(candidature, act, body);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    public static async Task<JsonNode> ReadAsync(this HttpClient http, string path, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (language is not null)
        {
            request.Headers.AcceptLanguage.Add(StringWithQualityHeaderValue.Parse(language));
        }

        using var answer = await http.SendAsync(request);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    public static async Task<JsonNode> ReadAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        return JsonNode.Parse(text)!;
    }

    public static string Text(this JsonNode? node) => node!.GetValue<string>();
}
