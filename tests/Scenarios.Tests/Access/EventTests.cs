using System.Net.Http.Json;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Testing;
using Npgsql;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>Who hears of which event: by webhook, when it is sent again, and in the feed, the same as over REST.</summary>
public sealed class EventTests(MilleCafesHost host)
{
    private static readonly string[] Scopes = ["webhooks:manage"];

    private readonly ToldCafe own = ToldCafe.In(host.NextInseeCode());
    private readonly ToldCafe other = ToldCafe.In(host.NextInseeCode());

    [Fact]
    public Task The_team_hears_of_everything() =>
        HearsAsync(new { name = "Équipe", kind = "staff", scopes = Scopes }, own.Acceptance, own.Opening, other.Acceptance, other.Opening);

    [Fact]
    public Task A_mairie_hears_of_its_commune_and_of_no_other() =>
        HearsAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = own.Accepted.InseeCode }, own.Acceptance, own.Opening);

    [Fact]
    public Task A_gerant_hears_of_their_cafe_and_of_no_candidature() =>
        HearsAsync(new { name = "Gérante", kind = "gerant", scopes = Scopes, cafes = new[] { own.Id } }, own.Opening);

    [Fact]
    public Task A_partner_hears_of_its_cafes_and_of_no_candidature() =>
        HearsAsync(new { name = "Fondation", kind = "partner", scopes = Scopes, cafes = new[] { own.Id } }, own.Opening);

    [Fact]
    public Task A_partner_without_cafe_or_programme_hears_of_nothing() => HearsAsync(new { name = "Curieux", kind = "partner", scopes = Scopes });

    [Fact]
    public async Task A_client_that_is_moved_elsewhere_gets_neither_what_waited_nor_what_it_had_before()
    {
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        await using var mairie = await Hearer.OfAsync(host, new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = own.Accepted.InseeCode }, receiver, own, other);
        await TellAsync(own);
        await mairie.ReceivedAsync(2);
        await mairie.ActAsync("pause");
        var waiting = own with { Accepted = own.Accepted with { CandidatureId = Guid.CreateVersion7() } };
        await TellAsync(waiting);
        Assert.Equal(4, (await mairie.DeliveriesAsync()).Length);

        using var moved = await host.Administrator.PutAsync(
            $"/v1/access/clients/{mairie.Client}", JsonContent.Create(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = other.Accepted.InseeCode }), TestContext.Current.CancellationToken);
        await moved.ReadAsync(HttpStatusCode.OK);
        await mairie.ActAsync("activation");
        await mairie.ActAsync("replay", new { since = TimeProvider.System.GetUtcNow().AddDays(-1).UtcDateTime });

        var deliveries = await mairie.DeliveriesAsync();
        Assert.Equal(["delivered", "delivered", "cancelled", "cancelled"], deliveries.Select(delivery => delivery!["status"].Text()));
        Assert.Equal(2, receiver.Count);
        await Eventually.True(async () => (await mairie.ReadAsync(own, waiting)).Length == 0, TimeSpan.FromSeconds(5));
        using var again = await mairie.Http.SendAsync($"/v1/webhooks/deliveries/{deliveries[0]!["id"].Text()}/resending");
        Assert.Equal("webhooks.event_gone", (await again.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
    }

    [Fact]
    public async Task A_client_that_is_disabled_between_two_attempts_gets_no_second_one_and_nothing_that_happens_later()
    {
        Hearer? team = null;
        await using var receiver = await WebhookReceiver.StartAsync(async (_, http) =>
        {
            using var disabled = await host.Administrator.SendAsync($"/v1/access/clients/{team!.Client}/disablement");
            http.Response.StatusCode = 500;
        });
        team = await Hearer.OfAsync(host, new { name = "Équipe", kind = "staff", scopes = Scopes }, receiver, own);
        await using var known = team;

        await host.TrackAsync(() => host.PublishAsync(Opened()));
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await Eventually.True(
            async () => await database.ValueAsync<long>($"select count(*) from webhooks.mt_doc_webhookdelivery where data ->> 'subscriptionId' = '{team.Subscription}' and data ->> 'status' = 'Cancelled'") == 1,
            TimeSpan.FromSeconds(20));
        await host.TrackAsync(() => host.PublishAsync(Opened()));
        using var enabled = await host.Administrator.SendAsync($"/v1/access/clients/{team.Client}/enablement");
        await enabled.ReadAsync(HttpStatusCode.OK);

        await Eventually.True(async () => (await team.Http.GetAsync("/v1/access/me", TestContext.Current.CancellationToken)).IsSuccessStatusCode, TimeSpan.FromSeconds(5));
        Assert.Single(Assert.Single(await team.DeliveriesAsync())!["attempts"]!.AsArray());
        Assert.Equal(1, receiver.Count);
    }

    /// <summary>Both cafés are told of; the holder hears of these events, three times over, and of nothing else.</summary>
    private async Task HearsAsync(object holder, params string[] expected)
    {
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        await using var hearer = await Hearer.OfAsync(host, holder, receiver, own, other);
        string[] once = [.. expected.Order(StringComparer.Ordinal)];

        await TellAsync(own);
        await TellAsync(other);

        Assert.Equal(once, await hearer.ReceivedAsync(once.Length));
        Assert.Equal(once, await hearer.ReadAsync(own, other));
        await hearer.ActAsync("replay", new { since = TimeProvider.System.GetUtcNow().AddDays(-1).UtcDateTime });
        await Eventually.True(
            async () => await hearer.DeliveriesAsync() is var deliveries && deliveries.Length >= once.Length * 2 && deliveries.All(delivery => delivery!["status"].Text() == "delivered"),
            TimeSpan.FromSeconds(20));
        Assert.Equal(once.Length * 2, (await hearer.DeliveriesAsync()).Length);
    }

    private CafeProjectOpened Opened() => new(Guid.CreateVersion7(), own.Accepted.CandidatureId, own.Accepted.InseeCode, "Commune", "80", TimeProvider.System.GetUtcNow());

    private async Task TellAsync(ToldCafe cafe) => await host.TrackAsync(() => host.PublishAsync(cafe.Accepted));
}
