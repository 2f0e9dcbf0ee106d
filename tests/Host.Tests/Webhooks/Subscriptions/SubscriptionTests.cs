using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Subscriptions;

public sealed class SubscriptionTests(MilleCafesHost host)
{
    private const string Subscriptions = "/v1/webhooks/subscriptions";
    private static readonly string[] Everything = ["*"];
    private static readonly string[] RecruitmentTwice = ["recruitment.*", "recruitment.*"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_secret_is_told_once()
    {
        await using var partner = await Partner.OfAsync(host);
        var response = await partner.Client.PostAsJsonAsync(
            Subscriptions, new { url = "https://partenaire.example/webhooks", eventTypes = RecruitmentTwice, description = "Annonces" }, Token);

        var created = await Partner.ReadAsync(response, HttpStatusCode.Created);
        var location = response.Headers.Location!;
        var found = await partner.Client.GetStringAsync(location, Token);
        var listed = await partner.Client.GetStringAsync(Subscriptions, Token);

        Assert.Equal($"{Subscriptions}/{created.GetProperty("id").GetGuid()}", location.ToString());
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", created.GetProperty("secret").GetString());
        Assert.Equal(["recruitment.*"], created.GetProperty("eventTypes").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal(("enabled", "Annonces"), (created.GetProperty("status").GetString(), created.GetProperty("description").GetString()));
        Assert.DoesNotContain("whsec_", found + listed, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", found + listed, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(created.GetProperty("id").GetGuid(), JsonElement.Parse(listed).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_subscription_is_seen_by_the_key_that_made_it_and_no_other()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var other = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync("https://partenaire.example/", "*");

        Assert.Empty(await other.ListAsync(Subscriptions));
        await RefusedAsync(await other.Client.GetAsync($"{Subscriptions}/{id}", Token), HttpStatusCode.NotFound, "webhooks.subscription_unknown");
        await RefusedAsync(await other.Client.DeleteAsync($"{Subscriptions}/{id}", Token), HttpStatusCode.NotFound, "webhooks.subscription_unknown");
        await partner.ReadAsync($"{Subscriptions}/{id}");
    }

    [Fact]
    public async Task A_deleted_subscription_is_gone_for_its_owner()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync("https://partenaire.example/", "*");
        await partner.EndAsync(id);

        Assert.Empty(await partner.ListAsync(Subscriptions));
        await RefusedAsync(await partner.Client.GetAsync($"{Subscriptions}/{id}", Token), HttpStatusCode.NotFound, "webhooks.subscription_unknown");
        await RefusedAsync(await partner.Client.DeleteAsync($"{Subscriptions}/{id}", Token), HttpStatusCode.NotFound, "webhooks.subscription_unknown");
    }

    [Theory]
    [InlineData("""{"url":"https://partenaire.example/","eventTypes":["recruitment.commune-candidature.acepted"]}""", "/eventTypes/0", "unknown_event_type")]
    [InlineData("""{"url":"https://partenaire.example/","eventTypes":["*","cafes.*"]}""", "/eventTypes/1", "unknown_event_type")]
    [InlineData("""{"url":"https://partenaire.example/","eventTypes":[null]}""", "/eventTypes/0", "unknown_event_type")]
    [InlineData("""{"url":"https://partenaire.example/","eventTypes":[]}""", "/eventTypes", "not_empty")]
    [InlineData("""{"url":"https://partenaire.example/"}""", "/eventTypes", "not_empty")]
    [InlineData("""{"eventTypes":["*"]}""", "/url", "not_empty")]
    [InlineData("""{"url":"partenaire.example","eventTypes":["*"]}""", "/url", "not_an_address")]
    [InlineData("""{"url":"ftp://partenaire.example/","eventTypes":["*"]}""", "/url", "https_required")]
    [InlineData("""{"url":"https://a:b@partenaire.example/","eventTypes":["*"]}""", "/url", "bare_address_required")]
    [InlineData("""{"url":"https://169.254.169.254/","eventTypes":["*"]}""", "/url", "forbidden_address")]
    [InlineData("""{"url":"https://[::ffff:10.0.0.1]/","eventTypes":["*"]}""", "/url", "forbidden_address")]
    [InlineData("""{"url":"https://partenaire.example/","eventTypes":["*"],"secret":"whsec_mine"}""", "/secret", "unknown_field")]
    public async Task A_malformed_subscription_is_refused_with_its_field(string body, string pointer, string code)
    {
        await using var partner = await Partner.OfAsync(host);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var problem = await RefusedAsync(await partner.Client.PostAsync(Subscriptions, content, Token), HttpStatusCode.BadRequest, "request.malformed");

        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        Assert.Empty(await partner.ListAsync(Subscriptions));
    }

    [Fact]
    public async Task Lengths_are_bounded()
    {
        await using var partner = await Partner.OfAsync(host);
        var body = new
        {
            url = "https://partenaire.example/" + new string('a', 2_000),
            eventTypes = Enumerable.Repeat("*", 51),
            description = new string('a', 501),
        };

        var problem = await RefusedAsync(await partner.Client.PostAsJsonAsync(Subscriptions, body, Token), HttpStatusCode.BadRequest, "request.malformed");

        Assert.Equal(
            ["/description", "/eventTypes", "/url"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).Order());
    }

    [Fact]
    public async Task Unreadable_JSON_is_refused()
    {
        await using var partner = await Partner.OfAsync(host);
        using var content = new StringContent("{", Encoding.UTF8, "application/json");

        await RefusedAsync(await partner.Client.PostAsync(Subscriptions, content, Token), HttpStatusCode.BadRequest, "request.unreadable_json");
    }

    [Theory]
    [InlineData("/v1/webhooks/subscriptions?eventType=*")]
    [InlineData("/v1/webhooks/deliveries?subscription=1")]
    public async Task An_unknown_parameter_is_refused(string address)
    {
        await using var partner = await Partner.OfAsync(host);

        await RefusedAsync(await partner.Client.GetAsync(address, Token), HttpStatusCode.BadRequest, "request.unknown_parameter");
    }

    [Theory]
    [InlineData("/v1/webhooks/subscriptions?limit=0")]
    [InlineData("/v1/webhooks/subscriptions?after=nonsense")]
    [InlineData("/v1/webhooks/deliveries?limit=201")]
    [InlineData("/v1/webhooks/deliveries?status=lost")]
    [InlineData("/v1/webhooks/deliveries?status=Failed")]
    [InlineData("/v1/webhooks/deliveries?status=2")]
    [InlineData("/v1/webhooks/deliveries?status=")]
    [InlineData("/v1/webhooks/deliveries?status=failed&status=pending")]
    [InlineData("/v1/webhooks/deliveries?subscriptionId=1")]
    public async Task A_malformed_parameter_is_refused(string address)
    {
        await using var partner = await Partner.OfAsync(host);

        await RefusedAsync(await partner.Client.GetAsync(address, Token), HttpStatusCode.BadRequest, "request.malformed");
    }

    [Theory]
    [InlineData("GET", "/v1/webhooks/subscriptions")]
    [InlineData("POST", "/v1/webhooks/subscriptions")]
    [InlineData("GET", "/v1/webhooks/subscriptions/01874621-5a80-7c3b-9d5e-8f1a2b3c4d5e")]
    [InlineData("DELETE", "/v1/webhooks/subscriptions/01874621-5a80-7c3b-9d5e-8f1a2b3c4d5e")]
    [InlineData("GET", "/v1/webhooks/deliveries")]
    [InlineData("GET", "/v1/webhooks/deliveries/01874621-5a80-7c3b-9d5e-8f1a2b3c4d5e")]
    public async Task Nothing_opens_without_a_key_that_has_the_scope(string method, string address)
    {
        await using var reader = await Partner.OfAsync(host, "recruitment:read", "recruitment:write");

        await RefusedAsync(await host.Anonymous.SendAsync(Request(), Token), HttpStatusCode.Unauthorized, "access.key_missing");
        await RefusedAsync(await reader.Client.SendAsync(Request(), Token), HttpStatusCode.Forbidden, "access.scope_missing");

        HttpRequestMessage Request() => new(new HttpMethod(method), address)
        {
            Content = method == "POST" ? JsonContent.Create(new { url = "https://partenaire.example/", eventTypes = Everything }) : null,
        };
    }

    [Fact]
    public async Task A_key_has_at_most_a_hundred_subscriptions()
    {
        await using var partner = await Partner.OfAsync(host);
        for (var count = 0; count < 100; count++)
        {
            await partner.SubscribeAsync($"https://partenaire.example/{count}", "accompaniment.project.opened");
        }

        await RefusedAsync(
            await partner.Client.PostAsJsonAsync(Subscriptions, new { url = "https://partenaire.example/", eventTypes = Everything }, Token),
            HttpStatusCode.UnprocessableEntity,
            "webhooks.too_many_subscriptions");
        var ids = new List<Guid>();
        for (string? next = $"{Subscriptions}?limit=30"; next is not null;)
        {
            var page = await partner.ReadAsync(next);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            next = page.GetProperty("next").GetString() is { } cursor ? $"{Subscriptions}?limit=30&after={cursor}" : null;
        }

        Assert.Equal(100, ids.Distinct().Count());
        await Task.WhenAll(ids.Select(partner.EndAsync));
    }

    private static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await Partner.ReadAsync(response, status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }
}
