using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>What messages do is in the audit too, with the request that it goes back to.</summary>
public sealed class AuditOfMessagesTests(MilleCafesHost host)
{
    private static readonly string[] Everything = ["*"];
    private static readonly string[] Recruiting = ["recruitment:read", "recruitment:write"];

    [Fact]
    public async Task An_act_and_what_comes_of_it_are_found_together_and_deliveries_are_not_among_them()
    {
        await using var receiver = await WebhookReceiver.AnsweringAsync(500, 200);
        using var subscribed = await host.Administrator.SendAsync("/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = Everything });
        var subscription = (await subscribed.ReadAsync(HttpStatusCode.Created))["id"].Text();
        var (client, key) = await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes = Recruiting });
        using var http = host.With(key);
        var candidature = await http.SubmittedAsync(Letter(host.NextInseeCode()));

        var tracked = await host.TrackAsync(() => http.DoneAsync(candidature, "acceptance"));

        var trace = Assert.Single(await EntriesAsync($"subject={candidature}&operation=AcceptCommuneCandidature"))!["traceId"].Text();
        var together = await EntriesAsync($"traceId={trace}");
        var project = tracked.Sent.MessagesOf<CafeProjectOpened>().First().ProjectId;
        Assert.Equal(
            [("AcceptCommuneCandidature", "changed", candidature), ("CommuneCandidatureAccepted", "created", project)],
            together.Select(entry => (entry!["operation"].Text(), entry["act"].Text(), entry["subjects"]![0]!.GetValue<Guid>())));
        Assert.All(together, entry => Assert.Equal(client, entry!["clientId"]!.GetValue<Guid>()));
        Assert.Single(together.Select(entry => entry!["keyId"].Text()).Distinct());
        // It failed, and came round again
        Assert.Equal(["CreateWebhookSubscription"], (await EntriesAsync($"subject={subscription}")).Select(entry => entry!["operation"].Text()));
        using var ended = await host.Administrator.DeleteAsync($"/v1/webhooks/subscriptions/{subscription}", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_no_request_led_to_has_no_client_and_a_message_that_comes_again_leaves_no_second_entry()
    {
        var accepted = new CommuneCandidatureAccepted(Guid.CreateVersion7(), host.NextInseeCode(), "Sénergues", "80", TimeProvider.System.GetUtcNow());

        var first = await host.TrackAsync(() => host.PublishAsync(accepted));
        await host.TrackAsync(() => host.PublishAsync(accepted));

        var project = first.Sent.MessagesOf<CafeProjectOpened>().First().ProjectId;
        var entry = Assert.Single(await EntriesAsync($"subject={project}"))!;
        Assert.Equal(("CommuneCandidatureAccepted", "CafeProject"), (entry["operation"].Text(), entry["subjectType"].Text()));
        Assert.Null(entry["clientId"]);
        Assert.Null(entry["keyId"]);
        Assert.NotEmpty(entry["traceId"].Text());
    }

    [Fact]
    public async Task A_token_is_issued_to_the_client_that_showed_its_key()
    {
        var (client, key) = await host.AddClientAsync(new { name = "Fondation", kind = "partner", scopes = new[] { "recruitment:read" } });
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client.ToString()), new("client_secret", key)]);

        using var issued = await host.Anonymous.PostAsync("/oauth/token", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
        Assert.Equal("IssueToken", Assert.Single(await EntriesAsync($"clientId={client}"))!["operation"].Text());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task No_request_changes_an_entry(string method)
    {
        var entry = (await EntriesAsync("limit=1"))[0]!["id"].Text();
        using var list = new HttpRequestMessage(new(method), "/v1/access/audit") { Content = JsonContent.Create(new { }) };
        using var one = new HttpRequestMessage(new(method), $"/v1/access/audit/{entry}") { Content = JsonContent.Create(new { }) };

        using var onList = await host.Administrator.SendAsync(list, TestContext.Current.CancellationToken);
        using var onOne = await host.Administrator.SendAsync(one, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, onList.StatusCode);
        Assert.Contains("GET", onList.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.NotFound, onOne.StatusCode);
    }

    [Fact]
    public void No_endpoint_of_the_audit_does_anything_but_read()
    {
        var methods = host.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v1/access/audit", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods).ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.Equal("GET", method));
    }

    private async Task<JsonArray> EntriesAsync(string filter) => (await host.Administrator.ReadAsync($"/v1/access/audit?{filter}"))["items"]!.AsArray();
}
