using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Shared;

namespace MilleCafes.Testing;

/// <summary>How the writes between a studied candidature and a retained one are done rightly.</summary>
public static class RightSelection
{
    public const string Scorecards = "/v1/recruitment/scorecards";
    public const string Interviews = "/v1/recruitment/interviews";
    public const string HostCafes = "/v1/recruitment/host-cafes";
    public const string Immersions = "/v1/recruitment/immersions";
    public const string Presentations = "/v1/recruitment/presentations";

    private const string Gerants = "/v1/recruitment/gerant-candidatures";

    private static readonly object Observed = new
    {
        observations = new[] { "listening", "keepsTheirWord", "initiative", "calmUnderPressure", "warmth", "worksWithOthers" }.Select(behaviour => new { behaviour, level = 3 }),
    };

    internal static readonly IReadOnlyDictionary<string, Func<Writer, Task<RightWrite>>> Known = new Dictionary<string, Func<Writer, Task<RightWrite>>>
    {
        ["OpenScorecard"] = async writer => new(Scorecards, await CardAsync(writer.Host, writer.Id)),
        ["GiveObservations"] = async writer => new($"{await ScorecardAsync(writer.Host, writer.Id)}/observations", Observed),
        ["InviteObserver"] = async writer => new($"{await ScorecardAsync(writer.Host, writer.Id)}/observers", new { role = "staff", clientId = await writer.Host.ColleagueAsync() }),
        ["ReplaceObserver"] = async writer =>
        {
            var card = await ScorecardAsync(writer.Host, writer.Id);
            var observer = (await writer.Host.Administrator.GetFromJsonAsync<JsonElement>(card)).GetProperty("observers")[0].GetProperty("id").GetString();
            return new($"{card}/replacement", new { observerId = observer, role = "staff", clientId = await writer.Host.ColleagueAsync(), reason = "Absente" });
        },
        ["ProposeInterview"] = async writer => new(Interviews, await ProposalAsync(writer.Host)),
        ["ChooseInterviewSlot"] = writer => ChoiceAsync(writer.Host, "choice", interview => new { slotId = SlotOf(interview) }),
        ["ShowOwnInterviewSlots"] = async writer =>
        {
            var interview = await InterviewAsync(writer.Host);
            return new($"{interview}/candidate-slots", new { token = await TokenAsync(writer.Host, interview) });
        },
        ["ChooseOwnInterviewSlot"] = async writer =>
        {
            var interview = await InterviewAsync(writer.Host);
            return new($"{interview}/candidate-choice", new { token = await TokenAsync(writer.Host, interview), slotId = SlotOf(await writer.Host.Administrator.GetFromJsonAsync<JsonElement>(interview), 1) });
        },
        ["MoveInterview"] = writer => ChoiceAsync(writer.Host, "move", _ => new { slots = new[] { Slot(72) }, reason = "Grève des trains" }),
        ["CancelInterview"] = writer => ChoiceAsync(writer.Host, "cancellation", _ => new { reason = "Souffrant" }),
        ["HoldInterview"] = writer => AgreedAsync(writer.Host, "completion", new { summary = "Veut reprendre le bar." }),
        ["NoteInterviewAbsence"] = writer => AgreedAsync(writer.Host, "absence", new { party = "candidate", reason = "Panne de voiture" }),
        ["AddHostCafe"] = _ => Task.FromResult(new RightWrite(HostCafes, HostCafe(null))),
        ["ChangeHostCafe"] = async writer => new(await HostCafeAsync(writer.Host, null), new { name = "Café renommé", inseeCode = "12268", capacityPerDay = 2, languages = new[] { "fr", "en" } }),
        ["CloseHostCafe"] = async writer => new($"{await HostCafeAsync(writer.Host, null)}/closure", new { reason = "Vendu" }),
        ["BookImmersion"] = async writer => new(Immersions, await BookingAsync(writer.Host, null)),
        ["GiveHostFeedback"] = async writer => new($"{await ImmersionAsync(writer.Host, await KindAsync(writer.Host, writer.Id) == "gerant" ? writer.Id : null)}/host-feedback", new { text = "À l'aise au comptoir" }),
        ["GiveCandidateFeedback"] = async writer => new($"{await ImmersionAsync(writer.Host, null)}/candidate-feedback", new { text = "L'accueil donne envie" }),
        ["CompleteImmersion"] = async writer => new($"{await ImmersionAsync(writer.Host, null)}/completion"),
        ["CancelImmersion"] = async writer => new($"{await ImmersionAsync(writer.Host, null)}/cancellation", new { reason = "Travaux" }),
        ["PresentCandidate"] = async writer => new(Presentations, new { candidatureId = await ImmersedAsync(writer.Host, writer.NextInseeCode()), message = "Très à l'écoute" }),
        ["AnswerPresentation"] = async writer => new(
            $"{(await PresentationAsync(writer.Host, writer.NextInseeCode())).Presentation}/answers", new { answer = "yes", reason = "Le conseil l'a rencontrée.", toldBy = writer.IsOfCommune ? null : "phone" }),
        ["SelectCandidate"] = async writer =>
        {
            var (candidate, presentation) = await PresentationAsync(writer.Host, writer.NextInseeCode());
            await DoAsync(writer.Host, $"{presentation}/answers", new { answer = "yes", reason = "Le conseil l'a rencontrée.", toldBy = "phone" });
            return new($"{Gerants}/{candidate}/selection");
        },
    };

    /// <summary>A scorecard that these clients observe for; its address.</summary>
    public static async Task<string> ScorecardAsync(MilleCafesHost host, params Guid[] observers) => $"{Scorecards}/{await IdAsync(host, Scorecards, await CardAsync(host, observers))}";

    public static async Task<string> InterviewAsync(MilleCafesHost host) => $"{Interviews}/{await IdAsync(host, Interviews, await ProposalAsync(host))}";

    /// <summary>The token of the link that the candidate is mailed, as soon as it opens.</summary>
    public static async Task<string> TokenAsync(MilleCafesHost host, string interview)
    {
        var candidature = (await host.Administrator.GetFromJsonAsync<JsonElement>(interview)).GetProperty("candidatureId").GetString();
        var email = (await host.Administrator.GetFromJsonAsync<JsonElement>($"{Gerants}/{candidature}")).GetProperty("applicant").GetProperty("email").GetString()!;
        var (_, token) = RightGerants.LinkIn(await host.Mails.ToAsync(email));
        await RightGerants.StoredAsync(host.Connection, token);
        return token;
    }

    public static async Task<string> HostCafeAsync(MilleCafesHost host, Guid? client) => $"{HostCafes}/{await IdAsync(host, HostCafes, HostCafe(client))}";

    /// <summary>An immersion that begins today, in a café of this client.</summary>
    public static async Task<string> ImmersionAsync(MilleCafesHost host, Guid? client) => $"{Immersions}/{await IdAsync(host, Immersions, await BookingAsync(host, client))}";

    /// <summary>A candidate presented to the mairie of this commune.</summary>
    public static async Task<(string Candidate, string Presentation)> PresentationAsync(MilleCafesHost host, string commune)
    {
        var candidate = await ImmersedAsync(host, commune);
        return (candidate, $"{Presentations}/{await IdAsync(host, Presentations, new { candidatureId = candidate })}");
    }

    // One more, who gives none, so that nothing is revealed
    private static async Task<object> CardAsync(MilleCafesHost host, params Guid[] observers)
    {
        var invited = new List<object>();
        foreach (var client in observers.Append(await host.ColleagueAsync()))
        {
            invited.Add(new { role = await KindAsync(host, client), clientId = client });
        }

        return new { candidatureId = await StudiedAsync(host), observers = invited };
    }

    private static async Task<string> KindAsync(MilleCafesHost host, Guid client) =>
        (await host.Administrator.GetFromJsonAsync<JsonElement>($"/v1/access/clients/{client}")).GetProperty("kind").GetString()!;

    private static async Task<object> ProposalAsync(MilleCafesHost host) =>
        new { candidatureId = await StudiedAsync(host), interviewerId = await host.ColleagueAsync(), slots = new[] { Slot(-2), Slot(24) } };

    private static object Slot(int inHours) => new { startsAt = TimeProvider.System.GetUtcNow().AddHours(inHours).UtcDateTime, minutes = 60, place = "Mairie" };

    private static object HostCafe(Guid? client) => new { name = "Le café de Sénergues", inseeCode = "12268", capacityPerDay = 1, clientId = client };

    private static async Task<object> BookingAsync(MilleCafesHost host, Guid? client)
    {
        var (candidate, cafe) = (await GerantPath.AtAsync(host.Administrator, "interview"), await HostCafeAsync(host, client));
        var today = TimeProvider.System.Today();
        return new { candidatureId = candidate, hostCafeId = cafe.Split('/')[^1], firstDay = today, lastDay = today.AddDays(2) };
    }

    private static Task<string> ImmersedAsync(MilleCafesHost host, string commune) => GerantPath.AtAsync(host.Administrator, "immersion", commune);

    private static Task<string> StudiedAsync(MilleCafesHost host) => GerantPath.AtAsync(host.Administrator, "studied");

    private static async Task<RightWrite> ChoiceAsync(MilleCafesHost host, string act, Func<JsonElement, object> body)
    {
        var interview = await InterviewAsync(host);
        return new($"{interview}/{act}", body(await host.Administrator.GetFromJsonAsync<JsonElement>(interview)));
    }

    private static async Task<RightWrite> AgreedAsync(MilleCafesHost host, string act, object body)
    {
        var chosen = await ChoiceAsync(host, "choice", interview => new { slotId = SlotOf(interview) });
        await DoAsync(host, chosen.Address, chosen.Body);
        return new(chosen.Address.Replace("/choice", $"/{act}", StringComparison.Ordinal), body);
    }

    private static string? SlotOf(JsonElement interview, int index = 0) => interview.GetProperty("slots")[index].GetProperty("id").GetString();

    private static async Task<string> IdAsync(MilleCafesHost host, string address, object body) => (await DoAsync(host, address, body)).GetProperty("id").GetString()!;

    // The team does what comes before
    private static async Task<JsonElement> DoAsync(MilleCafesHost host, string address, object? body = null)
    {
        using var answer = await host.Administrator.PostAsync(new Uri(address, UriKind.Relative), body is null ? null : JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{address}: {text}");
    }
}
