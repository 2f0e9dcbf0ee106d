using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>A first answer is given again to those alone who may still read it.</summary>
public sealed class ReplayedAnswerTests(MilleCafesHost host)
{
    private static readonly string[] Everything = ["recruitment:read", "recruitment:write", "personal-data:read"];
    private static readonly string[] Less = ["recruitment:read", "recruitment:write"];

    private readonly string key = $"{Guid.CreateVersion7()}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_may_read_less_is_not_shown_it_and_who_reads_it_again_is_noted()
    {
        var code = host.NextInseeCode();
        var (client, whole) = await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes = Everything });
        using var given = await host.Administrator.PostAsJsonAsync($"/v1/access/clients/{client}/keys", new { scopes = Less }, Token);
        using var with = host.With(whole);
        using var without = host.With((string)JsonNode.Parse(await given.Content.ReadAsStringAsync(Token))!["secret"]!);

        using var first = await SubmitAsync(with, code);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Single(await ReadingsAsync(client));
        using var lesser = await SubmitAsync(without, code);
        await lesser.ProblemAsync(HttpStatusCode.Conflict, "request.idempotency_answer_lost");
        using var again = await SubmitAsync(with, code);
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Equal(2, (await ReadingsAsync(client)).Count);

        var subject = (Guid)JsonNode.Parse(await again.Content.ReadAsStringAsync(Token))!["id"]!;
        await host.TrackAsync(() => host.PublishAsync(new PersonalDataErased(subject, TimeProvider.System.GetUtcNow())));
        using var erased = await SubmitAsync(with, code);
        await erased.ProblemAsync(HttpStatusCode.Conflict, "request.idempotency_answer_lost");
    }

    [Fact]
    public void Without_the_key_of_the_hosts_a_kept_answer_does_not_open()
    {
        var known = new IdempotencyKey("holder", "key");
        var answer = new StoredAnswer(201, "application/json", null, null, "fr", [1, 2, 3], StoredRights.Of(Holder.Public), []);
        var closed = known.Close(answer, new SecretSeal(new byte[32]));

        Assert.Equal(answer.Body, known.Open(closed, new SecretSeal(new byte[32]))!.Body);
        Assert.Null(known.Open(closed, new SecretSeal([1, .. new byte[31]])));
        Assert.Null(new IdempotencyKey("holder", "other").Open(closed, new SecretSeal(new byte[32])));
    }

    private Task<HttpResponseMessage> SubmitAsync(HttpClient client, string code) => client.AskAsync(
        HttpMethod.Post,
        "/v1/recruitment/commune-candidatures",
        JsonContent.Create(new
        {
            inseeCode = code, cafeSituation = "none", otherShops = 0, carriedByMayor = true, premises = new { available = true }, residentsInvolved = true,
            contact = new { name = "Camille Exemple", email = "mairie@example.org" },
        }),
        ("Idempotency-Key", key));

    private async Task<JsonArray> ReadingsAsync(Guid client) =>
        (await host.Administrator.GetFromJsonAsync<JsonObject>($"/v1/access/audit?clientId={client}&act=personalDataRead", Token))!["items"]!.AsArray();
}
