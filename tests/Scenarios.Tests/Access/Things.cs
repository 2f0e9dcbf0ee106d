using MilleCafes.Shared;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>A thing of each holder's own, another's, and who may see which.</summary>
/// <param name="Reader">Sees the other's, to tell that nobody wrote to it.</param>
internal sealed record Thing(Func<HolderKind, string> Own, string Other, Func<HolderKind, string, bool> Sees, HttpClient Reader)
{
    public bool SeesOwn(HolderKind kind) => Sees(kind, Own(kind));
}

/// <summary>A commune that was accepted, and its café.</summary>
internal sealed record Cafe(string Commune, string Candidature, Guid Project)
{
    public static async Task<Cafe> OfAsync(MilleCafesHost host)
    {
        var commune = host.NextInseeCode();
        var candidature = await host.Administrator.SubmittedAsync(Letter(commune));
        await host.TrackAsync(() => host.Administrator.DoneAsync(candidature, "acceptance"));
        var projects = await host.Administrator.ReadAsync($"{Projects}?inseeCode={commune}");
        return new(commune, candidature.ToString(), Guid.Parse(projects["items"]![0]!["id"].Text()));
    }
}

/// <summary>What each collection of the API holds for the matrix.</summary>
internal sealed class Things(MilleCafesHost host) : IAsyncDisposable
{
    private const string Subscriptions = "/v1/webhooks/subscriptions";

    private readonly Dictionary<string, Thing> known = [];
    private readonly List<(HttpClient Http, string Subscription)> subscribed = [];

    /// <summary>What lives under a path; null when nobody has said whose it is.</summary>
    public Thing? Of(string path) => known.GetValueOrDefault(CollectionOf(path));

    public static string CollectionOf(string path) => string.Join('/', path.Split('/').Take(4));

    public static async Task<Things> OfAsync(MilleCafesHost host, Cafe own, Cafe other, Holders holders)
    {
        var things = new Things(host);
        await things.FillAsync(own, other, holders);
        return things;
    }

    /// <summary>Nothing of this test may be told what others do.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (http, id) in subscribed)
        {
            using var ended = await http.DeleteAsync($"{Subscriptions}/{id}", CancellationToken.None);
        }
    }

    private async Task FillAsync(Cafe own, Cafe other, Holders holders)
    {
        var administrator = host.Administrator;
        known[Candidatures] = new(_ => own.Candidature, other.Candidature, (kind, id) => kind == HolderKind.Staff || (kind == HolderKind.Mairie && id == own.Candidature), administrator);
        known[Projects] = new(_ => $"{own.Project}", $"{other.Project}", (kind, id) => kind == HolderKind.Staff || id == $"{own.Project}", administrator);

        await FillGerantsAsync(own, holders);
        await FillSelectionAsync(own, other, holders);
        await FillRecruitmentAsync(own, other, holders);

        var (client, key) = await host.AddClientAsync(new { name = "Autre", kind = "partner", scopes = new[] { "webhooks:manage" } });
        var stranger = host.With(key);
        var keyId = await FirstAsync($"/v1/access/keys?clientId={client}", "id");
        known["/v1/access/clients"] = TeamOnly($"{client}");
        known["/v1/access/keys"] = TeamOnly(keyId);
        known["/v1/access/audit"] = TeamOnly(await FirstAsync($"/v1/access/audit?subject={other.Candidature}", "id"));

        var (theirs, theirDelivery, theirReplay) = await SubscribeAsync(stranger);
        var (subscriptions, deliveries, replays) = (new Dictionary<HolderKind, string>(), new Dictionary<HolderKind, string>(), new Dictionary<HolderKind, string>());
        foreach (var (kind, http) in holders.ByKind)
        {
            (subscriptions[kind], deliveries[kind], replays[kind]) = await SubscribeAsync(http);
        }

        known[Subscriptions] = new(kind => subscriptions[kind], theirs, (kind, id) => id == subscriptions[kind], stranger);
        known["/v1/webhooks/deliveries"] = new(kind => deliveries[kind], theirDelivery, (kind, id) => id == deliveries[kind], stranger);
        known["/v1/webhooks/replays"] = new(kind => replays[kind], theirReplay, (kind, id) => id == replays[kind], stranger);
        var (heard, unheard) = (await EventAsync(own), await EventAsync(other));
        known["/v1/webhooks/events"] = new(_ => heard, unheard, (kind, id) => kind == HolderKind.Staff || id == heard, administrator);
    }

    /// <summary>A gérant's candidature that the partner sent, one that was presented to the mairie, and one that nobody but the team knows.</summary>
    private async Task FillGerantsAsync(Cafe own, Holders holders)
    {
        var (sent, presented, other) = (await SentAsync(holders.ByKind[HolderKind.Partner]), await GerantPath.AtAsync(host.Administrator, "presented", own.Commune), await SentAsync(host.Administrator));
        known[RightGerants.Candidatures] = new(
            kind => kind == HolderKind.Partner ? sent : presented, other,
            (kind, id) => kind == HolderKind.Staff || (kind == HolderKind.Partner && id == sent) || (kind == HolderKind.Mairie && id == presented), host.Administrator);

        known["/v1/recruitment/waiting"] = TeamOnly(other);
        // Nothing is due for years
        known["/v1/recruitment/due-erasures"] = new(_ => other, other, (_, _) => false, host.Administrator);

        static async Task<string> SentAsync(HttpClient http)
        {
            using var made = await http.SendAsync(RightGerants.Candidatures, RightGerants.Letter(RightGerants.NextEmail()));
            return (await made.ReadAsync(HttpStatusCode.Created))["id"].Text();
        }
    }

    /// <summary>What lies between a studied candidature and a retained one.</summary>
    private async Task FillSelectionAsync(Cafe own, Cafe other, Holders holders)
    {
        var clients = new Dictionary<HolderKind, Guid>();
        foreach (var (kind, http) in holders.ByKind)
        {
            clients[kind] = (await http.ReadAsync("/v1/access/me"))["client"]!["id"]!.GetValue<Guid>();
        }

        var (seen, unseen) = (IdOf(await RightSelection.ScorecardAsync(host, [.. clients.Values])), IdOf(await RightSelection.ScorecardAsync(host)));
        known[RightSelection.Scorecards] = new(_ => seen, unseen, (kind, id) => kind == HolderKind.Staff || id == seen, host.Administrator);
        known[RightSelection.Interviews] = TeamOnly(IdOf(await RightSelection.InterviewAsync(host)));
        known[RightSelection.HostCafes] = OfGerant(await RightSelection.HostCafeAsync(host, clients[HolderKind.Gerant]), await RightSelection.HostCafeAsync(host, null));
        known[RightSelection.Immersions] = OfGerant(await RightSelection.ImmersionAsync(host, clients[HolderKind.Gerant]), await RightSelection.ImmersionAsync(host, null));
        var (presented, elsewhere) = (await RightSelection.PresentationAsync(host, own.Commune), await RightSelection.PresentationAsync(host, other.Commune));
        known[RightSelection.Presentations] = new(
            _ => IdOf(presented.Presentation), IdOf(elsewhere.Presentation), (kind, id) => kind == HolderKind.Staff || (kind == HolderKind.Mairie && id == IdOf(presented.Presentation)), host.Administrator);

        Thing OfGerant(string its, string others) => new(_ => IdOf(its), IdOf(others), (kind, id) => kind == HolderKind.Staff || (kind == HolderKind.Gerant && id == IdOf(its)), host.Administrator);

        static string IdOf(string address) => address.Split('/')[^1];
    }

    /// <summary>Offers, their diffusions, and the candidatures of cafés.</summary>
    private async Task FillRecruitmentAsync(Cafe own, Cafe other, Holders holders)
    {
        var team = host.Administrator;
        var (ownOffer, otherOffer) = (await OffersAndCafes.DraftedAsync(team, own.Commune), await OffersAndCafes.PublishedAsync(team, other.Commune));
        known[OffersAndCafes.Offers] = new(_ => ownOffer, otherOffer, (kind, id) => kind == HolderKind.Staff || (kind == HolderKind.Mairie && id == ownOffer), team);
        var published = await OffersAndCafes.PublishedAsync(team, other.Commune);
        known[OffersAndCafes.Open] = new(_ => published, published, (_, _) => true, host.Anonymous);
        var (theirs, others) = (await OffersAndCafes.NotedAsync(holders.ByKind[HolderKind.Partner], published), await OffersAndCafes.NotedAsync(team, published));
        known[OffersAndCafes.Diffusions] = new(_ => theirs, others, (kind, id) => kind == HolderKind.Staff || (kind == HolderKind.Partner && id == theirs), team);
        var (ofCommune, ofGerant) = (await OffersAndCafes.AppliedAsync(team, own.Commune), await OffersAndCafes.AppliedAsync(holders.ByKind[HolderKind.Gerant], host.NextInseeCode()));
        known[OffersAndCafes.Cafes] = new(
            kind => kind == HolderKind.Gerant ? ofGerant : ofCommune,
            await OffersAndCafes.AppliedAsync(team, other.Commune),
            (kind, id) => kind == HolderKind.Staff || (kind == HolderKind.Mairie && id == ofCommune) || (kind == HolderKind.Gerant && id == ofGerant),
            team);
    }

    private Thing TeamOnly(string id) => new(_ => id, id, (kind, _) => kind == HolderKind.Staff, host.Administrator);

    private async Task<string> FirstAsync(string address, string member) => (await host.Administrator.ReadAsync(address))["items"]![0]![member].Text();

    /// <summary>A subscription that hears of nothing, a delivery to it that has come to its end, and a replay.</summary>
    private async Task<(string Subscription, string Delivery, string Replay)> SubscribeAsync(HttpClient http)
    {
        using var made = await http.SendAsync(Subscriptions, new { url = "http://127.0.0.1:9/", eventTypes = new[] { "recruitment.*" }, filters = new { inseeCodes = new[] { "12268" } } });
        var id = (await made.ReadAsync(HttpStatusCode.Created))["id"].Text();
        subscribed.Add((http, id));
        using var tested = await http.SendAsync($"{Subscriptions}/{id}/test");
        var delivery = (await tested.ReadAsync(HttpStatusCode.Created))["id"].Text();
        await Eventually.True(async () => (await http.ReadAsync($"/v1/webhooks/deliveries/{delivery}"))["status"].Text() == "failed", TimeSpan.FromSeconds(30));
        using var replayed = await http.SendAsync($"{Subscriptions}/{id}/replay", new { since = TimeProvider.System.GetUtcNow().UtcDateTime });
        return (id, delivery, (await replayed.ReadAsync(HttpStatusCode.Accepted))["id"].Text());
    }

    /// <summary>What was told of the opening of this café.</summary>
    private async Task<string> EventAsync(Cafe cafe)
    {
        for (var next = ""; ;)
        {
            var page = await host.Administrator.ReadAsync($"/v1/webhooks/events?type=accompaniment.*&limit=200{next}");
            if (page["items"]!.AsArray().FirstOrDefault(item => item!.ToJsonString().Contains($"{cafe.Project}", StringComparison.Ordinal)) is { } found)
            {
                return found["webhookId"].Text();
            }

            next = $"&after={page["next"].Text()}";
        }
    }
}
