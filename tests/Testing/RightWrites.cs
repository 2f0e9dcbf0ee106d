using System.Net.Http.Json;

namespace MilleCafes.Testing;

/// <summary>A write that succeeds: on something fresh, on which it may be done, with a body that is right.</summary>
public sealed record RightWrite(string Address, object? Body = null)
{
    /// <summary>The body as it is sent, each time anew.</summary>
    public HttpContent? Content => Body switch
    {
        null => null,
        Dictionary<string, string> form => new FormUrlEncodedContent(form),
        _ => JsonContent.Create(Body),
    };
}

/// <summary>How each write of the API is done rightly; one that is not told here fails the tests by its name.</summary>
public static class RightWrites
{
    internal const string Candidatures = "/v1/recruitment/commune-candidatures";
    private const string Clients = "/v1/access/clients";
    private const string Subscriptions = "/v1/webhooks/subscriptions";

    private static readonly object Subscription = new { url = "http://127.0.0.1:9/", eventTypes = new[] { "accompaniment.*" } };
    private static readonly object Partner = new { name = "Fondation", kind = "partner", scopes = new[] { "recruitment:read" } };

    private static readonly Dictionary<string, Func<Writer, Task<RightWrite>>> Known = new()
    {
        ["SubmitCommuneCandidature"] = writer => Task.FromResult(new RightWrite(Candidatures, Letter(writer, premises: true))),
        ["AcceptCommuneCandidature"] = writer => CandidatureAsync(writer, "acceptance"),
        ["DeclineCommuneCandidature"] = writer => CandidatureAsync(writer, "refusal", new { reason = "Un café a rouvert." }),
        ["WithdrawCommuneCandidature"] = writer => CandidatureAsync(writer, "withdrawal", new { reason = "Le local a été vendu." }),
        ["EraseCommuneContact"] = writer => CandidatureAsync(writer, "contact-erasure"),
        ["OverrideEligibility"] = writer => CandidatureAsync(writer, "eligibility-override", new { reason = "Le maire reprend le dossier." }, premises: false),
        ["ChangeCommuneFacts"] = writer => CandidatureWrites.FactsAsync(writer),
        ["ReevaluateCommuneCandidature"] = writer => CandidatureAsync(writer, "eligibility-evaluation"),
        ["RequestCommuneCorrections"] = writer => CandidatureAsync(writer, "correction-request", CandidatureWrites.Corrections),
        ["AnswerCommuneCorrections"] = CandidatureWrites.AnswerCorrectionsAsync,
        ["RequestCommuneOpinion"] = writer => CandidatureAsync(writer, "opinion-request", CandidatureWrites.Opinion),
        ["GiveCommuneOpinion"] = CandidatureWrites.GiveOpinionAsync,
        ["AssignCommuneAntenne"] = writer => CandidatureAsync(writer, "antenne-assignment", new { unassigned = true }),
        ["PlanCommuneVisit"] = writer => CandidatureAsync(writer, "visit-plan", CandidatureWrites.Visit),
        ["ReportCommuneVisit"] = CandidatureWrites.ReportVisitAsync,
        ["ReopenCommuneCandidature"] = CandidatureWrites.ReopenAsync,
        ["MergeCommuneCandidatures"] = CandidatureWrites.MergeAsync,
        ["CreateClient"] = _ => Task.FromResult(new RightWrite(Clients, Partner)),
        ["ChangeClient"] = async writer => new(await ClientAsync(writer), new { name = "Fondation renommée", kind = "partner", scopes = new[] { "recruitment:read" } }),
        ["DisableClient"] = async writer => new(await ClientAsync(writer) + "/disablement"),
        ["EnableClient"] = async writer => new(await ClientAsync(writer, "disablement") + "/enablement"),
        ["CreateKey"] = async writer => new(await ClientAsync(writer) + "/keys", new { description = "Site" }),
        ["RevokeKey"] = async writer => new(await KeyAsync(writer) + "/revocation"),
        ["RotateKey"] = async writer => new(await KeyAsync(writer) + "/rotation", new { overlapHours = 1 }),
        ["IssueToken"] = writer => Task.FromResult(new RightWrite(
            "/oauth/token", new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = $"{writer.Id}", ["client_secret"] = writer.Key })),
        ["CreateWebhookSubscription"] = _ => Task.FromResult(new RightWrite(Subscriptions, Subscription)),
        ["ChangeWebhookSubscription"] = async writer => new(await SubscriptionAsync(writer), new { description = "Annonces" }),
        ["DeleteWebhookSubscription"] = async writer => new(await SubscriptionAsync(writer)),
        ["PauseWebhookSubscription"] = async writer => new(await SubscriptionAsync(writer) + "/pause"),
        ["ActivateWebhookSubscription"] = async writer => new(await SubscriptionAsync(writer, "pause") + "/activation"),
        ["ReplayWebhookEvents"] = async writer => new(await SubscriptionAsync(writer) + "/replay", new { since = TimeProvider.System.GetUtcNow().UtcDateTime }),
        ["RotateWebhookSecret"] = async writer => new(await SubscriptionAsync(writer) + "/secret-rotation", new { overlapHours = 1 }),
        ["TestWebhookSubscription"] = async writer => new(await SubscriptionAsync(writer) + "/test"),
        ["ResendWebhookDelivery"] = async writer =>
            new($"/v1/webhooks/deliveries/{await IdAsync(writer, await SubscriptionAsync(writer) + "/test")}/resending"),
    };

    /// <summary>Each time another thing, which this operation can be done to once.</summary>
    public static Task<RightWrite> OfAsync(string operation, Writer writer) =>
        Known.TryGetValue(operation, out var write) || RightOffers.Known.TryGetValue(operation, out write) || RightGerants.Known.TryGetValue(operation, out write) || RightSelection.Known.TryGetValue(operation, out write)
            ? write(writer)
            : throw new KeyNotFoundException($"{operation}: tell in tests/Testing/RightWrites.cs how it is done rightly.");

    internal static async Task<RightWrite> CandidatureAsync(Writer writer, string act, object? body = null, bool premises = true) =>
        new($"{Candidatures}/{await IdAsync(writer, Candidatures, Letter(writer, premises))}/{act}", body);

    private static async Task<string> ClientAsync(Writer writer, string? act = null) => await AfterAsync(writer, $"{Clients}/{await IdAsync(writer, Clients, Partner)}", act);

    private static async Task<string> SubscriptionAsync(Writer writer, string? act = null) =>
        await AfterAsync(writer, $"{Subscriptions}/{await IdAsync(writer, Subscriptions, Subscription)}", act);

    private static async Task<string> KeyAsync(Writer writer)
    {
        var made = await writer.DoAsync(await ClientAsync(writer) + "/keys", new { });
        return $"/v1/access/keys/{made.GetProperty("key").GetProperty("id").GetString()}";
    }

    private static async Task<string> AfterAsync(Writer writer, string thing, string? act)
    {
        if (act is not null)
        {
            await writer.DoAsync($"{thing}/{act}");
        }

        return thing;
    }

    internal static async Task<string> IdAsync(Writer writer, string address, object? body = null) => (await writer.DoAsync(address, body)).GetProperty("id").GetString()!;

    internal static object Letter(Writer writer, bool premises) => new
    {
        inseeCode = writer.NextInseeCode(),
        cafeSituation = "none",
        otherShops = 0,
        carriedByMayor = true,
        premises = new { available = premises },
        residentsInvolved = true,
        contact = new { name = "Camille Exemple", email = "mairie@example.org" },
    };
}
