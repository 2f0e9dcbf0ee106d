using System.Net;
using System.Text;
using System.Text.Json;
using MilleCafes.Host.Tests.Webhooks.Deliveries;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Host.Access;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Subscriptions;

/// <summary>What a subscriber can choose, seen from where it arrives.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class OptionTests(MilleCafesHost host)
{
    private static readonly string[] Everything = ["*"];
    private static readonly string[] AcceptedOnly = [Samples.Accepted];
    private static readonly string[] Aveyron = ["12"];
    private static readonly string[] Somme = ["80"];
    private static readonly string[] OfToday = ["25527"];
    private static readonly string[] Merged = ["39012"];
    private static readonly string[] Nothing = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thin_event_has_its_ids_and_a_link_that_leads_to_the_rest()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        await partner.SubscribeAsync(new { url = receiver.Address, eventTypes = Everything, format = "thin" });

        var candidature = await partner.AcceptCommuneAsync();

        var received = new[] { await receiver.NextAsync(Token), await receiver.NextAsync(Token) }.ToDictionary(news => news.Type, news => news.Data);
        Assert.Equal(["candidatureId", "link"], received[Samples.Accepted].EnumerateObject().Select(member => member.Name));
        Assert.Equal(["projectId", "candidatureId", "link"], received[Samples.Opened].EnumerateObject().Select(member => member.Name));
        foreach (var data in received.Values)
        {
            var shown = await Partner.ReadAsync(await host.Administrator.GetAsync(data.GetProperty("link").GetString(), Token));
            Assert.Contains(shown.GetProperty("id").GetGuid(), data.EnumerateObject().Where(member => member.Name != "link").Select(member => member.Value.GetGuid()));
        }

        Assert.Equal(candidature, received[Samples.Accepted].GetProperty("candidatureId").GetGuid());
    }

    [Fact]
    public async Task A_filter_lets_pass_what_happens_in_its_places_and_merged_communes_count_as_that_of_today()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var aveyron = await SubscribeAsync(new { departements = Aveyron });
        var somme = await SubscribeAsync(new { departements = Somme });
        var commune = await SubscribeAsync(new { inseeCodes = Merged });
        var both = await SubscribeAsync(new { departements = Somme, inseeCodes = OfToday });
        var cafe = await SubscribeAsync(new { cafeIds = new[] { Guid.CreateVersion7() } });
        var programme = await SubscribeAsync(new { programmes = new[] { "TrES" } });
        var all = await SubscribeAsync(new { departements = Nothing });
        var shown = await partner.ReadAsync($"/v1/webhooks/subscriptions/{commune}");

        await AnnounceAsync("12268", "12");
        await AnnounceAsync("25527", "25");

        Assert.Equal("25527", shown.GetProperty("filters").GetProperty("inseeCodes")[0].GetString());
        var counts = await Task.WhenAll(new[] { aveyron, somme, commune, both, cafe, programme, all }.Select(async id => (await partner.DeliveriesAsync(id)).Length));
        Assert.Equal([1, 0, 1, 0, 0, 0, 2], counts);

        async Task<Guid> SubscribeAsync(object filters) =>
            (await partner.SubscribeAsync(new { url = receiver.Address, eventTypes = AcceptedOnly, filters })).GetProperty("id").GetGuid();
    }

    [Fact]
    public async Task What_is_changed_holds_for_the_next_event_and_the_rest_stays()
    {
        await using var partner = await Partner.OfAsync(host, Scopes.WebhooksManage, Holder.PersonalDataRead);
        await using var old = await WebhookReceiver.AnsweringAsync(200);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var created = await partner.SubscribeAsync(new { url = old.Address, eventTypes = AcceptedOnly, description = "Annonces", filters = new { departements = Aveyron }, contactEmail = "a@partenaire.example" });
        var id = created.GetProperty("id").GetGuid();

        var changed = await partner.ChangeAsync(id, new { url = receiver.Address, format = "thin", filters = new { inseeCodes = OfToday }, contactEmail = "" });
        await AnnounceAsync("12268", "12");
        var widened = await partner.ChangeAsync(id, new { filters = new { inseeCodes = Nothing, departements = Nothing } });
        await AnnounceAsync("12268", "12");

        Assert.Equal(("Annonces", "thin", JsonValueKind.Null), (changed.GetProperty("description").GetString(), changed.GetProperty("format").GetString(), changed.GetProperty("contactEmail").ValueKind));
        Assert.Equal(("12", "25527"), (changed.GetProperty("filters").GetProperty("departements")[0].GetString(), changed.GetProperty("filters").GetProperty("inseeCodes")[0].GetString()));
        Assert.Equal(AcceptedOnly, widened.GetProperty("eventTypes").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal((1L, 2L, 3L), (created.GetProperty("revision").GetInt64(), changed.GetProperty("revision").GetInt64(), widened.GetProperty("revision").GetInt64()));
        Assert.True((await receiver.NextAsync(Token)).IsSignedWith(created.GetProperty("secret").GetString()!));
        Assert.Equal((0, 1), (old.Count, receiver.Count));
    }

    [Fact]
    public async Task During_a_rotation_both_secrets_sign_and_afterwards_the_new_one_alone()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (id, first) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);

        var rotated = await partner.ActAsync(id, "secret-rotation");
        await AnnounceAsync("12268", "12");
        var during = await receiver.NextAsync(Token);
        var leaked = await partner.ActAsync(id, "secret-rotation", new { overlapHours = 0 });
        await AnnounceAsync("12268", "12");
        var after = await receiver.NextAsync(Token);

        var (second, third) = (rotated.GetProperty("secret").GetString()!, leaked.GetProperty("secret").GetString()!);
        Assert.Equal([true, true, false], new[] { first, second, third }.Select(during.IsSignedWith));
        Assert.Equal(2, during.Signatures.Length);
        var until = rotated.GetProperty("keys")[1].GetProperty("until").GetDateTimeOffset();
        Assert.InRange(until - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
        // The second ended at once; the first still has its day
        Assert.Equal([true, false, true], new[] { first, second, third }.Select(after.IsSignedWith));
        Assert.DoesNotContain("whsec_", (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_key_that_the_API_shows_verifies_v1a_and_a_rotation_can_lead_to_it()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var created = await partner.SubscribeAsync(new { url = receiver.Address, eventTypes = AcceptedOnly, signature = "v1a" });
        var id = created.GetProperty("id").GetGuid();

        await AnnounceAsync("12268", "12");
        var asymmetric = await receiver.NextAsync(Token);
        var rotated = await partner.ActAsync(id, "secret-rotation", new { signature = "v1" });
        await AnnounceAsync("12268", "12");
        var both = await receiver.NextAsync(Token);

        var key = (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).GetProperty("keys")[1].GetProperty("publicKey").GetString()!;
        Assert.Equal(JsonValueKind.Null, created.GetProperty("secret").ValueKind);
        Assert.Equal(key, created.GetProperty("keys")[0].GetProperty("publicKey").GetString());
        Assert.StartsWith("whpk_", key, StringComparison.Ordinal);
        Assert.True(IsSignedFor(key, asymmetric, Assert.Single(asymmetric.Signatures)));
        Assert.False(IsSignedFor(key, both, asymmetric.Signatures[0]));
        Assert.True(both.IsSignedWith(rotated.GetProperty("secret").GetString()!));
        Assert.True(IsSignedFor(key, both, both.Signatures[1]));
    }

    [Fact]
    public async Task What_happens_during_a_pause_waits_and_arrives_after_it()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);

        Assert.Equal("paused", (await partner.ActAsync(id, "pause")).GetProperty("status").GetString());
        await AnnounceAsync("12268", "12");
        var waiting = Assert.Single(await partner.DeliveriesAsync(id, "pending"));
        Assert.Equal((0, JsonValueKind.Null), (receiver.Count, waiting.GetProperty("nextAttemptAt").ValueKind));
        Assert.Equal("webhooks.subscription_already_paused", (await partner.ActAsync(id, "pause", null, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        await host.TrackAsync(() => partner.ActAsync(id, "activation"));

        Assert.Equal(Samples.Accepted, (await receiver.NextAsync(Token)).Type);
        Assert.Single(await partner.DeliveriesAsync(id, 1, "delivered"));
        Assert.Equal("webhooks.subscription_already_enabled", (await partner.ActAsync(id, "activation", null, HttpStatusCode.Conflict)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_test_sends_a_signed_ping_once_whatever_the_filters_and_the_pause()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(500);
        var created = await partner.SubscribeAsync(new { url = receiver.Address, eventTypes = AcceptedOnly, filters = new { departements = Somme } });
        var id = created.GetProperty("id").GetGuid();
        await partner.ActAsync(id, "pause");

        var test = await partner.ActAsync(id, "test", null, HttpStatusCode.Created);

        var ping = await receiver.NextAsync(Token);
        Assert.Equal(("webhooks.ping", id), (ping.Type, ping.Data.GetProperty("subscriptionId").GetGuid()));
        Assert.True(ping.IsSignedWith(created.GetProperty("secret").GetString()!));
        var delivery = Assert.Single(await partner.DeliveriesAsync(id, 1, "failed"));
        Assert.Equal(("test", 1, 500), (delivery.GetProperty("cause").GetString(), delivery.GetProperty("attempts").GetArrayLength(), delivery.GetProperty("attempts")[0].GetProperty("statusCode").GetInt32()));
        Assert.Equal(test.GetProperty("id").GetGuid(), delivery.GetProperty("id").GetGuid());
        Assert.Equal(JsonValueKind.Null, (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).GetProperty("failingSince").ValueKind);
    }

    [Theory]
    [InlineData("""{"filters":{"departements":["99"]}}""", "/filters/departements/0", "unknown_departement")]
    [InlineData("""{"filters":{"inseeCodes":["12268","00000"]}}""", "/filters/inseeCodes/1", "unknown_commune")]
    [InlineData("""{"filters":{"cafes":[]}}""", "/filters/cafes", "unknown_field")]
    [InlineData("""{"contactEmail":"nobody"}""", "/contactEmail", "regular_expression")]
    [InlineData("""{"eventTypes":[]}""", "/eventTypes", "not_empty")]
    [InlineData("""{"eventTypes":["cafes.*"]}""", "/eventTypes/0", "unknown_event_type")]
    [InlineData("""{"url":"https://10.0.0.1/"}""", "/url", "forbidden_address")]
    [InlineData("""{"url":"http://partenaire.example/"}""", "/url", "https_required")]
    [InlineData("""{"format":"Thin"}""", "/format", "unknown_value")]
    public async Task A_malformed_change_is_refused_with_its_field(string body, string pointer, string code)
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync("https://partenaire.example/", "*");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var problem = await Partner.ReadAsync(await partner.Client.PatchAsync($"/v1/webhooks/subscriptions/{id}", content, Token), HttpStatusCode.BadRequest);

        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("PATCH", "")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/activation")]
    [InlineData("POST", "/secret-rotation")]
    [InlineData("POST", "/test")]
    public async Task Nobody_acts_on_another_s_subscription(string method, string act)
    {
        await using var partner = await Partner.OfAsync(host);
        await using var other = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync("https://partenaire.example/", "*");
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/webhooks/subscriptions/{id}{act}") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };

        var problem = await Partner.ReadAsync(await other.Client.SendAsync(request, Token), HttpStatusCode.NotFound);

        Assert.Equal("webhooks.subscription_unknown", problem.GetProperty("code").GetString());
    }

    private Task AnnounceAsync(string inseeCode, string departement) => host.AnnounceAsync(
        new CommuneCandidatureAccepted(Guid.CreateVersion7(), inseeCode, "Commune", departement, TimeProvider.System.GetUtcNow()));

    private static bool IsSignedFor(string publicKey, ReceivedWebhook news, string signature)
    {
        var signed = Encoding.UTF8.GetBytes($"{news.Id}.{news.Headers["webhook-timestamp"]}.{news.Body}");
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(Convert.FromBase64String(publicKey["whpk_".Length..]), 0));
        verifier.BlockUpdate(signed, 0, signed.Length);
        return signature.StartsWith("v1a,", StringComparison.Ordinal) && verifier.VerifySignature(Convert.FromBase64String(signature["v1a,".Length..]));
    }
}
