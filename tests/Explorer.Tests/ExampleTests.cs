using System.Globalization;
using System.Text.Json.Nodes;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>The examples tell things that can be true, and true together.</summary>
public sealed class ExampleTests(MilleCafesHost host)
{
    private readonly Documents documents = new(host);

    [Theory]
    [InlineData(400, "unsupported_grant_type")]
    [InlineData(400, "invalid_scope")]
    [InlineData(401, "invalid_client")]
    public async Task A_refused_token_is_shown_with_the_names_of_its_status_in_the_document_s_language(int status, string name)
    {
        var (french, english) = (await RefusalAsync(Documents.French), await RefusalAsync(Documents.English));

        Assert.Equal(name, (string?)french["error"]);
        Assert.Equal(name, (string?)english["error"]);
        Assert.NotEqual((string?)french["error_description"], (string?)english["error_description"]);

        async Task<JsonNode> RefusalAsync(string document) => (await documents.OperationsAsync(document)).Single(one => one.Id == "IssueToken")
            .Json["responses"]![$"{status}"]!["content"]!["application/json"]!["examples"]![name]!["value"]!;
    }

    [Fact]
    public async Task What_the_API_writes_in_both_languages_is_in_the_document_s_own()
    {
        var reasons = new List<string>();
        foreach (var name in new[] { Documents.French, Documents.English })
        {
            var candidature = await AnswerAsync(name, "FindCommuneCandidature");
            reasons.Add(string.Join(' ', candidature["eligibility"]!["reasons"]!.AsArray().Select(reason => (string?)reason!["text"])));
        }

        Assert.Contains("La commune a moins de 3 500 habitants.", reasons[0], StringComparison.Ordinal);
        Assert.Contains("The commune has fewer than 3,500 residents.", reasons[1], StringComparison.Ordinal);
        Assert.DoesNotContain("habitants", reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_candidature_s_priority_is_the_sum_of_its_parts_and_every_criterion_is_there()
    {
        var candidature = await AnswerAsync(Documents.French, "FindCommuneCandidature");
        var parts = candidature["priority"]!["parts"]!.AsArray();

        Assert.Equal((int)candidature["priority"]!["score"]!, parts.Sum(part => (int)part!["points"]!));
        Assert.Equal(100, parts.Sum(part => (int)part!["maximum"]!));
        Assert.All(parts, part => Assert.InRange((int)part!["points"]!, 0, (int)part["maximum"]!));
        Assert.Equal(4, parts.DistinctBy(part => (string?)part!["criterion"]).Count());
        Assert.Equal(4, candidature["eligibility"]!["reasons"]!.AsArray().DistinctBy(reason => (string?)reason!["criterion"]).Count());
        Assert.Equal((bool)candidature["eligibility"]!["eligible"]!, candidature["eligibility"]!["reasons"]!.AsArray().All(reason => (bool)reason!["met"]!));
    }

    [Fact]
    public async Task Nothing_is_listed_and_ended_at_once()
    {
        var lists = (await documents.OperationsAsync(Documents.French)).Select(AnswerOf).Where(answer => answer?["ended"] is JsonArray && answer["items"]![0]!["id"] is not null).ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, list => Assert.NotEqual((string?)list!["items"]![0]!["id"], (string?)list["ended"]![0]!["id"]));
    }

    [Fact]
    public async Task A_pending_delivery_has_a_next_attempt_after_the_ones_made()
    {
        var delivery = await AnswerAsync(Documents.French, "FindWebhookDelivery");

        Assert.Equal("pending", (string?)delivery["status"]);
        Assert.True(Instant(delivery["nextAttemptAt"]) > delivery["attempts"]!.AsArray().Max(attempt => Instant(attempt!["at"])));
    }

    [Fact]
    public async Task A_key_and_its_client_know_each_other()
    {
        var me = await AnswerAsync(Documents.French, "FindMyself");

        Assert.Equal((string?)me["client"]!["id"], (string?)me["key"]!["clientId"]);
        Assert.NotEqual((string?)me["client"]!["id"], (string?)me["key"]!["id"]);
        var (kind, commune, departements) = ((string?)me["client"]!["kind"], me["client"]!["inseeCode"], me["client"]!["writesIn"]);
        Assert.Equal(kind == "mairie", commune is not null);
        Assert.True(kind == "staff" || departements is null);
        Assert.True(kind is "gerant" or "partner" || me["client"]!["cafes"]!.AsArray().Count == 0);
        Assert.Null(me["client"]!["disabledAt"]);
        Assert.All(me["key"]!["notices"]!.AsArray(), notice =>
            Assert.Equal(Instant(me["key"]!["expiresAt"]) - Instant(notice!["at"]), TimeSpan.FromDays((int)notice["daysBefore"]!)));
    }

    [Fact]
    public async Task An_enabled_subscription_has_no_reason_to_be_disabled()
    {
        var subscription = await AnswerAsync(Documents.French, "FindWebhookSubscription");

        Assert.Equal("enabled", (string?)subscription["status"]);
        Assert.Null(subscription["disabledBecause"]);
        Assert.Null(subscription["failingSince"]);
        Assert.Null(subscription["keys"]![0]!["until"]);
    }

    [Fact]
    public async Task A_commune_is_eligible_by_its_population_and_suggested_when_none_is_found()
    {
        var commune = await AnswerAsync(Documents.French, "FindCommune");
        var found = await AnswerAsync(Documents.French, "ListCommunes");
        using var real = await host.Anonymous.GetAsync($"/v1/reference/communes/{commune["requestedCode"]}", TestContext.Current.CancellationToken);

        Assert.Equal(commune.ToJsonString(), JsonNode.Parse(await real.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.ToJsonString());
        Assert.NotEmpty(found["items"]!.AsArray());
        Assert.Empty(found["suggestions"]!.AsArray());
    }

    [Fact]
    public async Task An_entry_of_the_audit_says_who_acted_and_calls_a_status_nobody_s_own()
    {
        var entry = (await AnswerAsync(Documents.French, "ListAuditEntries"))["items"]![0]!;

        Assert.NotNull(entry["clientId"]);
        Assert.NotNull(entry["keyId"]);
        Assert.Equal("changed", (string?)entry["act"]);
        Assert.False((bool)entry["changes"]![0]!["personal"]!);
    }

    [Theory]
    [InlineData("ReplayWebhookEvents", "since", -30, 0)]
    [InlineData("CreateKey", "expiresAt", 1, 100_000)]
    public async Task An_instant_that_is_asked_for_is_one_that_would_be_taken(string operation, string member, int fromDays, int toDays)
    {
        var now = TimeProvider.System.GetUtcNow();
        var example = (await documents.OperationsAsync(Documents.French)).Single(one => one.Id == operation).BodyExample!;

        Assert.InRange(Instant(example[member]), now.AddDays(fromDays), now.AddDays(toDays));
    }

    private async Task<JsonNode> AnswerAsync(string document, string operation) => AnswerOf((await documents.OperationsAsync(document)).Single(one => one.Id == operation))!;

    private static JsonNode? AnswerOf(Operation operation) => operation.Json["responses"]?["200"]?["content"]?["application/json"]?["example"];

    private static DateTimeOffset Instant(JsonNode? node) => DateTimeOffset.Parse((string)node!, CultureInfo.InvariantCulture);
}
