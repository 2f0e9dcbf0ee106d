using System.Text.RegularExpressions;
using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>A couple goes all the way that a candidature can go, and writes the same word wherever it may.</summary>
internal sealed partial class WholeStory(PrivateHost host, Marker marker, Func<string> nextCommune)
{
    private const string Form = Gerants + "/form";

    private readonly HttpClient team = host.Team;
    private readonly HttpClient anybody = host.Anybody;

    private string Text => marker.Next();

    private object Applicant => new
    {
        form = "couple", name = Text, others = new[] { Text }, email = marker.Email, phone = marker.Phone, inseeCode = "12268",
        motivation = Text, experience = Text, diploma = Text,
    };

    private object Reason => new { reason = Text };

    /// <summary>Lives it, up to a refusal; returns the one candidature that is left.</summary>
    public async Task<string> LiveAsync(HttpClient partner, HttpClient observer, Guid observing)
    {
        await marker.SendAsync(anybody, Form, Letter(null, website: Text), HttpStatusCode.Accepted);
        var first = await ConfirmedAsync(await OfferAsync());
        await MergeAllAsync(first, partner);
        await ActAsync(first, "rectification", new { applicant = Applicant, reason = Text });
        await ActAsync(first, "study", Reason);
        await ActAsync(first, "contacts", new { note = Text });
        var offer = await OfferAsync();
        await ActAsync(first, "offer", new { offerId = offer, reason = Text });
        await InterviewAsync(first);
        await ObserveAsync(first, observer, observing);
        await StayAsync(first);
        await PresentAsync(first);
        await ActAsync(first, "selection", new { });
        await ActAsync(first, "training", new { });
        await ActAsync(first, "correction", Reason);
        await ActAsync(first, "refusal", new { reason = "other", text = Text });
        await ActAsync(offer, "withdrawal", Reason, at: Offers);
        foreach (var query in new[] { $"email={marker.Email}", $"source={marker.Text}" })
        {
            await team.ReadAsync($"{Gerants}?{query}");
        }

        await marker.SendAsync(anybody, $"{Gerants}/own-data-links", new { email = marker.Email }, HttpStatusCode.Accepted);
        await LinkAsync("copie", first);
        return first;
    }

    /// <summary>The token of the link in a mail, as soon as it is there.</summary>
    public async Task<(string Id, string Token)> LinkAsync(string act, string? id = null, IReadOnlyCollection<string>? known = null)
    {
        Match? link = null;
        await Eventually.True(
            () => Task.FromResult((link = host.Mails.To(marker.Email).SelectMany(mail => LinkForm().Matches(mail.Text)).LastOrDefault(IsIt)) is not null), TimeSpan.FromSeconds(20), $"a link to {act}");
        await host.StoredAsync(link!.Groups[3].Value);
        return (link.Groups[2].Value, link.Groups[3].Value);

        bool IsIt(Match one) => one.Groups[1].Value == act && (id is null || one.Groups[2].Value == id) && known?.Contains(one.Groups[2].Value) is not true;
    }

    // Three more of the same person become part of the first
    private async Task MergeAllAsync(string first, HttpClient partner)
    {
        var sent = await marker.CreatedAsync(partner, Gerants, new
        {
            applicant = Applicant, consent = new { reference = Text, givenAt = "2026-01-02T09:00:00Z" }, source = Text,
            wishes = new { regions = new[] { "Occitanie" }, departements = new[] { "12" } },
        });
        await ActAsync(sent, "contacts", new { note = Text });
        await ActAsync(sent, "merge", new { into = first, reason = Text });

        var withdrawn = await ConfirmedAsync(await OfferAsync(), first);
        await ActAsync(withdrawn, "withdrawal-by-link", new { token = (await LinkAsync("retrait", withdrawn)).Token, reason = Text }, HttpStatusCode.NoContent, anybody);
        await ActAsync(withdrawn, "merge", new { into = first, reason = Text });

        await marker.SendAsync(anybody, Form, Letter(await OfferAsync()), HttpStatusCode.Accepted);
        var (answered, _) = await LinkAsync("confirmation", known: [first, withdrawn]);
        await ActAsync(answered, "confirmation-by-team", Reason);
        await ActAsync(answered, "withdrawal", Reason);
        await ActAsync(answered, "merge", new { into = first, reason = Text });
    }

    private async Task InterviewAsync(string candidate)
    {
        var moved = await marker.CreatedAsync(team, Interviews, new { candidatureId = candidate, slots = new[] { Place(24), Online(48) } });
        await ActAsync(moved, "move", new { slots = new[] { Place(72), Online(96) }, reason = Text }, at: Interviews);
        var proposed = await team.ReadAsync($"{Interviews}/{moved}");
        await ActAsync(moved, "candidate-choice", new { token = (await LinkAsync("entretien", moved)).Token, slotId = proposed["slots"]![1]!["id"].Text() }, by: anybody, at: Interviews);
        await ActAsync(moved, "cancellation", Reason, at: Interviews);
        foreach (var (act, body) in new (string, object)[] { ("absence", new { party = "candidate", reason = Text }), ("completion", new { summary = Text }) })
        {
            var interview = await marker.CreatedAsync(team, Interviews, new { candidatureId = candidate, slots = new[] { Place(-2) } });
            await ActAsync(interview, "choice", new { slotId = (await team.ReadAsync($"{Interviews}/{interview}"))["slots"]![0]!["id"].Text() }, at: Interviews);
            await ActAsync(interview, act, body, at: Interviews);
        }
    }

    private async Task ObserveAsync(string candidate, HttpClient observer, Guid observing)
    {
        // One has given theirs before somebody else observes instead
        var ((leaving, left), (substitute, instead)) = (await ObserverAsync(), await ObserverAsync());
        var card = await marker.CreatedAsync(team, Scorecards, new
        {
            candidatureId = candidate, observers = new[] { new { role = "staff", clientId = leaving }, new { role = "staff", clientId = observing } },
        });
        await ActAsync(card, "observations", Observations(2, Text), by: left, at: Scorecards);
        var replaced = (await team.ReadAsync($"{Scorecards}/{card}"))["observers"]![0]!["id"].Text();
        await ActAsync(card, "replacement", new { observerId = replaced, role = "staff", clientId = substitute, reason = Text }, at: Scorecards);
        await ActAsync(card, "observations", Observations(4), by: instead, at: Scorecards);
        await ActAsync(card, "observations", Observations(3, Text), by: observer, at: Scorecards);
    }

    private Task<(Guid Id, HttpClient Http)> ObserverAsync() => host.AddClientAsync("staff", "recruitment:read", "recruitment:write");

    private async Task StayAsync(string candidate)
    {
        var cafe = await team.HostCafeAsync();
        var days = new { candidatureId = candidate, hostCafeId = cafe, firstDay = Today, lastDay = Today.AddDays(2) };
        await ActAsync(await marker.CreatedAsync(team, Immersions, days), "cancellation", Reason, at: Immersions);
        var immersion = await marker.CreatedAsync(team, Immersions, days);
        await ActAsync(immersion, "host-feedback", new { text = Text }, at: Immersions);
        await ActAsync(immersion, "candidate-feedback", new { text = Text }, at: Immersions);
        await ActAsync(immersion, "completion", new { }, at: Immersions);
    }

    private async Task PresentAsync(string candidate)
    {
        var presentation = await marker.CreatedAsync(team, Presentations, new { candidatureId = candidate, message = Text });
        await ActAsync(presentation, "answers", new { answer = "yes", reason = Text, toldBy = "phone" }, at: Presentations);
    }

    private async Task<string> ConfirmedAsync(string offer, params string[] known)
    {
        await marker.SendAsync(anybody, Form, Letter(offer), HttpStatusCode.Accepted);
        var (id, token) = await LinkAsync("confirmation", known: known);
        await ActAsync(id, "confirmation", new { token }, HttpStatusCode.NoContent, anybody);
        await LinkAsync("retrait", id);
        return id;
    }

    private object Letter(string? offer, string? website = null) => new
    {
        applicant = Applicant, consent = new { version = "2026-12", language = "fr", given = true }, offerId = offer, source = Text, website,
    };

    private async Task<string> OfferAsync() => $"{await team.OfferAsync(nextCommune())}";

    private Task<JsonNode?> ActAsync(string id, string act, object body, HttpStatusCode status = HttpStatusCode.OK, HttpClient? by = null, string at = Gerants) =>
        marker.SendAsync(by ?? team, $"{at}/{id}/{act}", body, status);

    private object Place(double inHours) => new { startsAt = TimeProvider.System.GetUtcNow().AddHours(inHours).UtcDateTime, minutes = 30, place = Text };

    private object Online(double inHours) => new { startsAt = TimeProvider.System.GetUtcNow().AddHours(inHours).UtcDateTime, minutes = 30, link = marker.Link };

    [GeneratedRegex(@"#([a-z]+)/([0-9a-f-]{36})/([\w-]+)")]
    private static partial Regex LinkForm();
}
