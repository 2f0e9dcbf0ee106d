using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Shared;

namespace MilleCafes.Testing;

/// <summary>Brings candidatures of gérants to a stage, by every act that leads there.</summary>
public static class GerantPath
{
    private static readonly object Slots = new[] { new { startsAt = TimeProvider.System.GetUtcNow().AddHours(24).UtcDateTime, minutes = 60, place = "Mairie" } };

    private static readonly (string Stage, Func<HttpClient, string, Task> Step)[] Steps =
    [
        ("received", (_, _) => Task.CompletedTask),
        ("studied", (team, id) => DoAsync(team, Act(id, "study"))),
        ("interview", (team, id) => DoAsync(team, RightSelection.Interviews, new { candidatureId = id, slots = Slots })),
        ("immersion", ImmerseAsync),
        ("presented", (team, id) => DoAsync(team, RightSelection.Presentations, new { candidatureId = id })),
        ("retained", SelectAsync),
        ("trained", (team, id) => DoAsync(team, Act(id, "training"), new { })),
        ("inPost", (team, id) => DoAsync(team, Act(id, "installation"), new { startsOn = "2027-04-01" })),
    ];

    /// <summary>Someone at this stage, for an offer of this commune; without one, they come as far as an immersion.</summary>
    public static async Task<string> AtAsync(HttpClient team, string stage, string? commune = null)
    {
        var offer = commune is null ? null : await RightGerants.OfferAsync(team, commune);
        var sent = await DoAsync(team, RightGerants.Candidatures, RightGerants.Letter(RightGerants.NextEmail(), offer));
        var id = sent.GetProperty("id").GetString()!;
        await BringAsync(team, id, stage);
        return id;
    }

    /// <summary>Goes on with a candidature from where it is; whoever is to leave has been studied.</summary>
    public static async Task BringAsync(HttpClient team, string id, string stage)
    {
        var here = StepTo((await team.GetFromJsonAsync<JsonElement>($"{RightGerants.Candidatures}/{id}")).GetProperty("stage").GetString());
        var there = StepTo(stage is "declined" or "withdrawn" ? "studied" : stage);
        foreach (var (_, step) in Steps[(here + 1)..(there + 1)])
        {
            await step(team, id);
        }

        if (stage == "declined")
        {
            await DoAsync(team, Act(id, "refusal"), new { reason = "anotherProject" });
        }
        else if (stage == "withdrawn")
        {
            await DoAsync(team, Act(id, "withdrawal"), new { });
        }
    }

    private static int StepTo(string? stage) => Array.FindIndex(Steps, step => step.Stage.Equals(stage, StringComparison.OrdinalIgnoreCase)) is >= 0 and var found ? found : throw new ArgumentException($"No path leads to « {stage} ».", nameof(stage));

    private static async Task ImmerseAsync(HttpClient team, string id)
    {
        var cafe = await DoAsync(team, RightSelection.HostCafes, new { name = "Le café de Sénergues", inseeCode = "12268", capacityPerDay = 1 });
        var today = TimeProvider.System.Today();
        await DoAsync(team, RightSelection.Immersions, new { candidatureId = id, hostCafeId = cafe.GetProperty("id").GetString(), firstDay = today, lastDay = today.AddDays(2) });
    }

    private static async Task SelectAsync(HttpClient team, string id)
    {
        var presented = await team.GetFromJsonAsync<JsonElement>($"{RightSelection.Presentations}?candidatureId={id}");
        await DoAsync(team, $"{RightSelection.Presentations}/{presented.GetProperty("items")[0].GetProperty("id").GetString()}/answers", new { answer = "yes", reason = "Le conseil l'a rencontrée.", toldBy = "phone" });
        await DoAsync(team, Act(id, "selection"));
    }

    private static string Act(string id, string act) => $"{RightGerants.Candidatures}/{id}/{act}";

    private static async Task<JsonElement> DoAsync(HttpClient team, string address, object? body = null)
    {
        using var answer = await team.PostAsync(new Uri(address, UriKind.Relative), body is null ? null : JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{address}: {text}");
    }
}
