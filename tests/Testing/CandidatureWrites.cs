using System.Globalization;
using MilleCafes.Shared;

namespace MilleCafes.Testing;

/// <summary>Writes to a commune's candidature that need something to have come before.</summary>
internal static class CandidatureWrites
{
    private static readonly object Facts = new
    {
        cafeSituation = "threatened",
        otherShops = 1,
        carriedByMayor = true,
        premises = new { available = true, surfaceSquareMetres = 65 },
        residentsInvolved = true,
        contact = new { name = "Camille Exemple", email = "mairie@example.org" },
    };

    public static object Corrections => new { what = "Il manque la surface du local.", dueOn = Today };

    public static object Opinion => new { whom = "Antenne", question = "Le local convient-il ?", dueOn = Today };

    public static object Visit => new { on = Today };

    private static string Today => TimeProvider.System.Today().ToString("O", CultureInfo.InvariantCulture);

    public static async Task<RightWrite> FactsAsync(Writer writer) => new(await AddressAsync(writer), Facts);

    // A mairie cannot ask for corrections: the team does, of the mairie's candidature
    public static async Task<RightWrite> AnswerCorrectionsAsync(Writer writer)
    {
        using var team = await Writer.OfAsync(writer.Host);
        var candidature = await AddressAsync(writer);
        await team.DoAsync($"{candidature}/correction-request", Corrections);
        return new($"{candidature}/correction-answer", new { answer = "Le local a 65 m²." });
    }

    public static async Task<RightWrite> GiveOpinionAsync(Writer writer)
    {
        var candidature = await AddressAsync(writer);
        var asked = await writer.DoAsync($"{candidature}/opinion-request", Opinion);
        var request = asked.GetProperty("study").GetProperty("opinions")[0].GetProperty("id").GetString();
        return new($"{candidature}/opinion", new { requestId = request, advice = "favourable", text = "Le local est bien placé." });
    }

    public static async Task<RightWrite> ReportVisitAsync(Writer writer) => new(await AfterAsync(writer, "visit-plan", Visit) + "/visit-report", new { report = "Le local est sain." });

    public static async Task<RightWrite> ReopenAsync(Writer writer) => new(await AfterAsync(writer, "withdrawal", null) + "/reopening", new { reason = "Un nouveau local est trouvé." });

    /// <summary>The commune was accepted, and has applied once more by mistake.</summary>
    public static async Task<RightWrite> MergeAsync(Writer writer)
    {
        var letter = RightWrites.Letter(writer, premises: true);
        var first = await RightWrites.IdAsync(writer, RightWrites.Candidatures, letter);
        await writer.DoAsync($"{RightWrites.Candidatures}/{first}/acceptance");
        var second = await RightWrites.IdAsync(writer, RightWrites.Candidatures, letter);
        return new($"{RightWrites.Candidatures}/{second}/merger", new { into = first, reason = "La même demande, envoyée deux fois." });
    }

    private static async Task<string> AfterAsync(Writer writer, string act, object? body)
    {
        var candidature = await AddressAsync(writer);
        await writer.DoAsync($"{candidature}/{act}", body);
        return candidature;
    }

    private static async Task<string> AddressAsync(Writer writer) =>
        $"{RightWrites.Candidatures}/{await RightWrites.IdAsync(writer, RightWrites.Candidatures, RightWrites.Letter(writer, premises: true))}";
}
