using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>The document's webhooks are the events that subscribers really get.</summary>
public sealed class WebhookDocumentTests(MilleCafesHost host)
{
    private readonly Documents documents = new(host);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task What_a_subscriber_receives_is_what_the_document_says() => ReceiveAsync("full");

    [Fact]
    public async Task So_is_what_a_subscriber_to_thin_events_receives()
    {
        var received = await ReceiveAsync("thin");

        Assert.All(received, webhook => Assert.Contains("/v1/", webhook.Data.GetProperty("link").GetString(), StringComparison.Ordinal));
    }

    private async Task<ReceivedWebhook[]> ReceiveAsync(string format)
    {
        var check = new AnswerCheck(ApiDocument.Parse(await documents.ReadAsync(Documents.French)));
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        using var subscribed = await host.Administrator.PostAsJsonAsync(
            "/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = new[] { "recruitment.*", "accompaniment.*" }, format }, Token);
        var subscription = await subscribed.Content.ReadFromJsonAsync<JsonElement>(Token);

        await AcceptAsync();
        var received = new[] { await receiver.NextAsync(Token), await receiver.NextAsync(Token) };
        using var ended = await host.Administrator.DeleteAsync($"/v1/webhooks/subscriptions/{subscription.GetProperty("id")}", Token);

        Assert.Equal(["accompaniment.project.opened", "recruitment.commune-candidature.accepted"], received.Select(webhook => webhook.Type).Order());
        Assert.All(received, webhook =>
        {
            var operation = check.Document.Webhook(webhook.Type);
            var schema = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            Assert.Empty(check.Faults(schema, webhook.Body));
            Assert.All(
                operation.GetProperty("parameters").EnumerateArray(),
                parameter => Assert.True(webhook.Headers.ContainsKey(parameter.GetProperty("name").GetString()!), parameter.GetRawText()));
        });
        return received;
    }

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task Every_type_of_event_is_told_with_its_schema_and_an_example_that_fits_it(string name)
    {
        var document = ApiDocument.Parse(await documents.ReadAsync(name));
        var check = new AnswerCheck(document);
        var webhooks = document.Root.GetProperty("webhooks").EnumerateObject().ToList();

        Assert.Equal(Catalogue.Order(), webhooks.Select(webhook => webhook.Name).Order());
        Assert.All(webhooks, webhook =>
        {
            var operation = webhook.Value.GetProperty("post");
            var content = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
            var examples = content.GetProperty("examples").EnumerateObject().ToDictionary(example => example.Name, example => example.Value.GetProperty("value"));
            Assert.Equal(["full", "thin"], examples.Keys);
            Assert.Equal([false, true], examples.Values.Select(example => example.GetProperty("data").TryGetProperty("link", out _)));
            Assert.All(examples.Values, example =>
            {
                Assert.Empty(check.Faults(content.GetProperty("schema"), example.GetRawText()));
                Assert.Equal(webhook.Name, example.GetProperty("type").GetString());
            });
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()));
            Assert.Single(operation.GetProperty("tags").EnumerateArray());
        });
    }

    /// <summary>The types that the host can send, read from the code that sends them.</summary>
    private static IEnumerable<string> Catalogue => Host.Webhooks.Events.EventCatalogue.Types.Select(type => type.Name);

    private async Task AcceptAsync()
    {
        var submit = (await documents.OperationsAsync(Documents.French)).Single(operation => operation.Id == "SubmitCommuneCandidature");
        var letter = submit.BodyExample!.DeepClone();
        letter["inseeCode"] = host.NextInseeCode();
        using var submitted = await host.Administrator.PostAsJsonAsync(submit.Path, letter, Token);
        var candidature = await submitted.Content.ReadFromJsonAsync<JsonElement>(Token);
        using var accepted = await host.Administrator.PostAsync(new Uri($"{submit.Path}/{candidature.GetProperty("id")}/acceptance", UriKind.Relative), null, Token);
        accepted.EnsureSuccessStatusCode();
    }
}
