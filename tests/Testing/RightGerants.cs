using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MilleCafes.Shared;
using Npgsql;

namespace MilleCafes.Testing;

/// <summary>How the writes about candidatures of gérants are done rightly.</summary>
public static partial class RightGerants
{
    public const string Candidatures = "/v1/recruitment/gerant-candidatures";
    public const string Form = Candidatures + "/form";

    private const string Offers = "/v1/recruitment/gerance-offers";

    internal static readonly IReadOnlyDictionary<string, Func<Writer, Task<RightWrite>>> Known = new Dictionary<string, Func<Writer, Task<RightWrite>>>
    {
        ["SendGerantCandidature"] = _ => Task.FromResult(new RightWrite(Candidatures, Letter(NextEmail()))),
        ["SubmitGerantForm"] = _ => Task.FromResult(new RightWrite(Form, FormOf(NextEmail()))),
        ["ConfirmGerantCandidature"] = async writer => Linked(await SubmittedAsync(writer.Host, NextEmail()), "confirmation"),
        ["ConfirmForCandidate"] = async writer => new($"{Candidatures}/{(await SubmittedAsync(writer.Host, NextEmail())).Id}/confirmation-by-team", new { reason = "Au téléphone." }),
        ["WithdrawByLink"] = async writer => Linked(await ConfirmedAsync(writer.Host, NextEmail()), "withdrawal-by-link"),
        ["AskForOwnData"] = async writer =>
        {
            var email = NextEmail();
            await ConfirmedAsync(writer.Host, email);
            return new(Candidatures + "/own-data-links", new { email });
        },
        ["CopyOwnData"] = async writer => Linked(await OwnAsync(writer.Host, "copie"), "copy-by-link"),
        ["EraseByLink"] = async writer => Linked(await OwnAsync(writer.Host, "effacement"), "erasure-by-link"),
        ["EraseGerantCandidature"] = async writer => new(await SentAsync(writer) + "/erasure", new { howAsked = "Par courriel, le 12 mars" }),
        ["NoteErasureNotice"] = async writer =>
        {
            var sent = await SentAsync(writer);
            await LeaveAloneAsync(writer.Host, sent.Split('/')[^1]);
            return new(sent + "/erasure-notice", new { how = "Au téléphone" });
        },
        ["NoteGerantContact"] = async writer => new(await SentAsync(writer) + "/contacts", new { note = "Disponible en juin." }),
        ["ChangeApplicant"] = async writer => new(await SentAsync(writer) + "/rectification", new { applicant = Applicant(NextEmail()), reason = "Au téléphone." }),
        ["StudyGerantCandidature"] = async writer => new(await SentAsync(writer) + "/study"),
        ["WithdrawGerantCandidature"] = async writer => new(await SentAsync(writer) + "/withdrawal", new { reason = "A trouvé ailleurs." }),
        ["DeclineGerantCandidature"] = async writer => new(await SentAsync(writer) + "/refusal", new { reason = "anotherProject" }),
        ["CorrectGerantCandidature"] = async writer =>
        {
            var sent = await SentAsync(writer);
            await writer.DoAsync(sent + "/study");
            return new(sent + "/correction", new { reason = "Trop vite." });
        },
        ["ProposeGeranceOffer"] = async writer => new(await SentAsync(writer) + "/offer", new { offerId = await OfferAsync(writer.Host.Administrator, writer.NextInseeCode()) }),
        ["MergeGerantCandidatures"] = async writer =>
        {
            var (one, other) = (await SentAsync(writer), await SentAsync(writer));
            return new(one + "/merge", new { into = other.Split('/')[^1], reason = "Même personne." });
        },
        ["TrainGerant"] = async writer => new(await StagedAsync(writer, "retained") + "/training", new { }),
        ["InstallGerant"] = async writer => new(await StagedAsync(writer, "trained") + "/installation", new { startsOn = "2027-04-01" }),
        ["EndGerantPost"] = async writer =>
        {
            var (staged, today) = (await StagedAsync(writer, "trained"), TimeProvider.System.Today());
            await writer.DoAsync(staged + "/installation", new { startsOn = today });
            return new(staged + "/post-end", new { endedOn = today });
        },
    };

    /// <summary>An address that nobody else has.</summary>
    public static string NextEmail() => $"camille.{Guid.CreateVersion7():N}@example.org";

    /// <summary>As a partner hands somebody on.</summary>
    public static Dictionary<string, object?> Letter(string email, string? offer = null) => new()
    {
        ["applicant"] = Applicant(email),
        ["consent"] = new { reference = "CGU, article 4", givenAt = "2026-01-02T09:00:00Z" },
        ["offerId"] = offer,
        ["source"] = "Petites annonces",
    };

    /// <summary>As the public form sends it.</summary>
    public static Dictionary<string, object?> FormOf(string email, string? offer = null, string? source = "Affiche") => new()
    {
        ["applicant"] = Applicant(email),
        ["consent"] = new { version = "2026-12", language = "fr", given = true },
        ["offerId"] = offer,
        ["source"] = source,
    };

    public static Dictionary<string, object?> Applicant(string email) => new()
    {
        ["form"] = "person", ["name"] = "Camille Exemple", ["email"] = email, ["inseeCode"] = "12268", ["motivation"] = "Faire vivre mon village.",
    };

    /// <summary>An offer that is published.</summary>
    public static async Task<string> OfferAsync(HttpClient team, string inseeCode)
    {
        using var drafted = await team.PostAsJsonAsync(Offers, new
        {
            inseeCode, title = "Gérance du café", model = "entrepreneurial", housing = new { provided = true }, guaranteedRemunerationCents = 150_000, startsOn = "2030-04-01", lookingFor = "Accueillir.",
        });
        var offer = (await drafted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using var published = await team.PostAsync(new Uri($"{Offers}/{offer}/publication", UriKind.Relative), null);
        return published.IsSuccessStatusCode ? offer : throw new InvalidOperationException(await published.Content.ReadAsStringAsync());
    }

    /// <summary>A form that was sent, and the link of its mail.</summary>
    /// <param name="mails">How many the address has had.</param>
    public static async Task<(string Id, string Token)> SubmittedAsync(MilleCafesHost host, string email, string? offer = null, string? source = "Affiche", int mails = 0)
    {
        using var sent = await host.Anonymous.PostAsJsonAsync(Form, FormOf(email, offer, source));
        return sent.IsSuccessStatusCode ? await MailedAsync(host, email, mails + 1) : throw new InvalidOperationException(await sent.Content.ReadAsStringAsync());
    }

    /// <summary>One that was confirmed, and the link that withdraws it.</summary>
    /// <param name="mails">How many the address has had.</param>
    public static async Task<(string Id, string Token)> ConfirmedAsync(MilleCafesHost host, string email, string? offer = null, string? source = "Affiche", int mails = 0)
    {
        var (id, token) = await SubmittedAsync(host, email, offer, source, mails);
        using var confirmed = await host.Anonymous.PostAsJsonAsync($"{Candidatures}/{id}/confirmation", new { token });
        return confirmed.IsSuccessStatusCode ? await MailedAsync(host, email, mails + 2) : throw new InvalidOperationException(await confirmed.Content.ReadAsStringAsync());
    }

    /// <summary>The link to this act on all that is known of somebody.</summary>
    public static async Task<(string Id, string Token)> OwnAsync(MilleCafesHost host, string act)
    {
        var email = NextEmail();
        await ConfirmedAsync(host, email);
        using var asked = await host.Anonymous.PostAsJsonAsync(Candidatures + "/own-data-links", new { email });
        var mail = await host.Mails.ToAsync(email, 3);
        var link = LinkIn(mail with { Content = "\r\n\r\n" + mail.Text[mail.Text.IndexOf($"#{act}/", StringComparison.Ordinal)..] });
        await StoredAsync(host.Connection, link.Token);
        return link;
    }

    /// <summary>Returns when the link of a token opens: the mail leaves a moment before the commit.</summary>
    public static async Task StoredAsync(string connection, string token)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var stored = database.CreateCommand("select exists (select from recruitment.mt_doc_candidatelink where data->>'hash' = $1)");
        stored.Parameters.Add(new() { Value = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))) });
        await Eventually.True(async () => await stored.ExecuteScalarAsync() is true, TimeSpan.FromSeconds(20), "the link is stored");
    }

    /// <summary>The candidature and the token that a mail's link has.</summary>
    public static (string Id, string Token) LinkIn(ReceivedMail mail) =>
        LinkForm().Match(mail.Text) is { Success: true } link ? (link.Groups[1].Value, link.Groups[2].Value) : throw new InvalidOperationException($"No link: {mail.Text}");

    // Two years are not waited for
    private static async Task LeaveAloneAsync(MilleCafesHost host, string id)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var update = database.CreateCommand("update recruitment.mt_doc_gerantcandidature set data = data || jsonb_build_object('lastContactAt', $1::text) where id = $2");
        update.Parameters.Add(new() { Value = $"{TimeProvider.System.GetUtcNow().AddDays(-720).UtcDateTime:O}" });
        update.Parameters.Add(new() { Value = Guid.Parse(id) });
        await update.ExecuteNonQueryAsync();
    }

    private static async Task<(string Id, string Token)> MailedAsync(MilleCafesHost host, string email, int count)
    {
        var link = LinkIn(await host.Mails.ToAsync(email, count));
        await StoredAsync(host.Connection, link.Token);
        return link;
    }

    private static RightWrite Linked((string Id, string Token) link, string act) => new($"{Candidatures}/{link.Id}/{act}", new { token = link.Token });

    private static async Task<string> SentAsync(Writer writer) => $"{Candidatures}/{(await writer.DoAsync(Candidatures, Letter(NextEmail()))).GetProperty("id").GetString()}";

    private static async Task<string> StagedAsync(Writer writer, string stage) => $"{Candidatures}/{await GerantPath.AtAsync(writer.Host.Administrator, stage, writer.NextInseeCode())}";

    [GeneratedRegex(@"#[a-z]+/([0-9a-f-]{36})/([\w-]+)")]
    private static partial Regex LinkForm();
}
