using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Host.Webhooks;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>Under one key, an act is done once, whatever the network does.</summary>
public sealed class IdempotencyTests(MilleCafesHost host)
{
    private const string Candidatures = "/v1/recruitment/commune-candidatures";

    private const string Kept = "select count(*) from platform.idempotency_keys";

    private readonly string key = $"{Guid.CreateVersion7()}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Administrator => host.Administrator;

    [Fact]
    public async Task A_request_that_is_sent_again_gets_the_first_answer()
    {
        var code = host.NextInseeCode();
        using var first = await SubmitAsync(Administrator, code, ("Accept-Language", "en"));
        using var second = await SubmitAsync(Administrator, code);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(Token), await second.Content.ReadAsStringAsync(Token));
        foreach (var header in new[] { "Location", "ETag", "Content-Type", "Content-Language", "Content-Length" })
        {
            Assert.NotNull(first.Header(header));
            Assert.Equal(first.Header(header), second.Header(header));
        }

        Assert.Equal("en", second.Header("Content-Language"));
        var list = await Partner.ListAsync(Administrator, $"{Candidatures}?inseeCode={code}");
        Assert.Single(list);
    }

    [Fact]
    public async Task An_act_without_a_body_is_done_once_too()
    {
        var candidature = await Partner.SubmitAsync(Administrator, host.NextInseeCode());
        for (var time = 0; time < 3; time++)
        {
            using var answer = await Administrator.AskAsync(HttpMethod.Post, $"{Candidatures}/{candidature}/acceptance", ("Idempotency-Key", key));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        // Without the key it is an act of its own, and refused
        using var again = await Administrator.AskAsync(HttpMethod.Post, $"{Candidatures}/{candidature}/acceptance");
        await again.ProblemAsync(HttpStatusCode.Conflict, "recruitment.candidature_already_accepted");
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        using var first = await SubmitAsync(Administrator, host.NextInseeCode());
        using var other = await SubmitAsync(Administrator, host.NextInseeCode());
        await other.ProblemAsync(HttpStatusCode.UnprocessableEntity, "request.idempotency_key_reused");

        var candidature = (string?)(await first.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"];
        using var elsewhere = await Administrator.AskAsync(HttpMethod.Post, $"{Candidatures}/{candidature}/withdrawal", JsonContent.Create(new { }), ("Idempotency-Key", key));
        await elsewhere.ProblemAsync(HttpStatusCode.UnprocessableEntity, "request.idempotency_key_reused");
    }

    [Fact]
    public async Task A_key_belongs_to_its_holder()
    {
        var (_, colleague) = await host.AddClientAsync(new { name = "Collègue", kind = "staff", scopes = new[] { "recruitment:write", "recruitment:read" } });
        using var client = host.With(colleague);
        using var first = await SubmitAsync(Administrator, host.NextInseeCode());
        using var other = await SubmitAsync(client, host.NextInseeCode());
        Assert.Equal(HttpStatusCode.Created, other.StatusCode);
        Assert.Null(other.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task What_was_refused_is_not_kept()
    {
        var code = host.NextInseeCode();
        await using var own = await OwnHost.StartAsync(host);
        await RefusedAsync(own.Anonymous, Letter(code), HttpStatusCode.Unauthorized);
        await RefusedAsync(own.Administrator, Letter("x"), HttpStatusCode.BadRequest);
        await RefusedAsync(own.Administrator, new StringContent("{", Encoding.UTF8, "application/json"), HttpStatusCode.BadRequest);
        await RefusedAsync(own.Administrator, new StringContent("<x/>", Encoding.UTF8, "application/xml"), HttpStatusCode.UnsupportedMediaType);
        await RefusedAsync(own.Administrator, new StringContent(new string(' ', 2 * 1024 * 1024), Encoding.UTF8, "application/json"), HttpStatusCode.RequestEntityTooLarge);
        await RefusedAsync(own.Administrator, Letter("80999"), HttpStatusCode.UnprocessableEntity);

        // The same key, at last with a request that can be done
        using var done = await SubmitAsync(own.Administrator, code);
        Assert.Equal(HttpStatusCode.Created, done.StatusCode);
        Assert.Equal(1L, await ValueAsync<long>(own.Connection, Kept));

        async Task RefusedAsync(HttpClient client, HttpContent letter, HttpStatusCode status)
        {
            using var answer = await client.AskAsync(HttpMethod.Post, Candidatures, letter, ("Idempotency-Key", key));
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(0L, await ValueAsync<long>(own.Connection, Kept));
        }
    }

    [Fact]
    public async Task A_conflict_is_not_kept_and_a_later_state_is_seen()
    {
        var code = host.NextInseeCode();
        var open = await Partner.SubmitAsync(Administrator, code);
        using var conflict = await SubmitAsync(Administrator, code);
        await conflict.ProblemAsync(HttpStatusCode.Conflict, "recruitment.candidature_already_open");

        using var withdrawn = await Administrator.AskAsync(HttpMethod.Post, $"{Candidatures}/{open}/withdrawal", JsonContent.Create(new { }));
        using var done = await SubmitAsync(Administrator, code);
        Assert.Equal(HttpStatusCode.Created, done.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("256")]
    [InlineData("a, a")]
    public async Task A_key_that_is_none_is_refused(string given)
    {
        var wrong = given == "256" ? new string('k', 256) : given;
        using var answer = await Administrator.AskAsync(HttpMethod.Post, Candidatures, Letter(host.NextInseeCode()), ("Idempotency-Key", wrong));
        await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.idempotency_key_malformed");
    }

    [Fact]
    public async Task A_key_of_255_characters_is_one_and_what_only_reads_does_not_look_at_it()
    {
        using var long255 = await Administrator.AskAsync(HttpMethod.Post, Candidatures, Letter(host.NextInseeCode()), ("Idempotency-Key", new string('~', 255)));
        Assert.Equal(HttpStatusCode.Created, long255.StatusCode);
        using var read = await Administrator.AskAsync(HttpMethod.Get, Candidatures, ("Idempotency-Key", "a b"));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task While_the_first_request_is_under_way_the_others_are_told_so_on_every_node()
    {
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var acts = 0;
        await using var own = await OwnHost.StartAsync(host, Plant);
        await using var beside = await own.BesideAsync(Plant);

        var first = own.Administrator.AskAsync(HttpMethod.Post, "/planted", ("Idempotency-Key", key));
        await began.Task.WaitAsync(Token);
        foreach (var node in new[] { own, beside })
        {
            using var second = await node.Administrator.AskAsync(HttpMethod.Post, "/planted", ("Idempotency-Key", key));
            await second.ProblemAsync(HttpStatusCode.Conflict, "request.idempotency_key_in_flight");
            Assert.Equal("1", second.Header("Retry-After"));
            using var other = await node.Administrator.AskAsync(HttpMethod.Post, "/planted?x=1", ("Idempotency-Key", key));
            await other.ProblemAsync(HttpStatusCode.BadRequest, "request.unknown_parameter");
        }

        go.SetResult();
        using var done = await first;
        using var replayed = await beside.Administrator.AskAsync(HttpMethod.Post, "/planted", ("Idempotency-Key", key));
        Assert.Equal("true", replayed.Header("Idempotent-Replayed"));
        Assert.Equal(HttpStatusCode.NoContent, replayed.StatusCode);
        Assert.Equal(1, acts);

        void Plant(IEndpointRouteBuilder endpoints) => endpoints.MapPost("/planted", async () =>
        {
            Interlocked.Increment(ref acts);
            began.TrySetResult();
            await go.Task;
            return Microsoft.AspNetCore.Http.TypedResults.NoContent();
        }).Described("Plant", "Planter", "Plant").RequireAuthorization();
    }

    [Fact]
    public async Task Twenty_at_once_act_once()
    {
        var code = host.NextInseeCode();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SubmitAsync(Administrator, code)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created && answer.Header("Idempotent-Replayed") is null);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        foreach (var conflict in answers.Where(answer => answer.StatusCode == HttpStatusCode.Conflict))
        {
            await conflict.ProblemAsync(HttpStatusCode.Conflict, "request.idempotency_key_in_flight");
        }

        Assert.Single(await Partner.ListAsync(Administrator, $"{Candidatures}?inseeCode={code}"));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task An_act_whose_answer_was_lost_is_told_and_not_repeated()
    {
        var fails = true;
        await using var own = await OwnHost.StartAsync(host, endpoints => endpoints.MapPost("/planted", async (ModuleSession<IWebhooksStore> session) =>
        {
            session.Insert(Samples.Event());
            await session.CommitAsync(Done.Value, CancellationToken.None);
            return fails ? throw new InvalidOperationException("planted") : 1;
        }).Described("Plant", "Planter", "Plant").RequireAuthorization());

        using var fault = await own.Administrator.AskAsync(HttpMethod.Post, "/planted", ("Idempotency-Key", key));
        await fault.ProblemAsync(HttpStatusCode.InternalServerError, "internal.fault");
        fails = false;
        using var again = await own.Administrator.AskAsync(HttpMethod.Post, "/planted", ("Idempotency-Key", key));
        await again.ProblemAsync(HttpStatusCode.Conflict, "request.idempotency_answer_lost");
        Assert.Equal(1L, await ValueAsync<long>(own.Connection, "select count(*) from webhooks.mt_doc_webhookevent"));
    }

    [Fact]
    public async Task A_claim_that_was_given_up_can_be_taken_over_and_its_act_then_commits_nothing()
    {
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var own = await OwnHost.StartAsync(host, endpoints => endpoints.MapPost("/planted", async (ModuleSession<IWebhooksStore> session) =>
        {
            if (began.TrySetResult())
            {
                await go.Task;
            }

            session.Insert(Samples.Event());
            await session.CommitAsync(Done.Value, CancellationToken.None);
        }).Described("Plant", "Planter", "Plant").RequireAuthorization());

        var first = own.Administrator.AskAsync(HttpMethod.Post, "/planted", ("Idempotency-Key", key));
        await began.Task.WaitAsync(Token);
        await ExecuteAsync(own.Connection, "update platform.idempotency_keys set claimed_at = claimed_at - interval '1 minute'");
        using var second = await own.Administrator.AskAsync(HttpMethod.Post, "/planted", ("Idempotency-Key", key));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);

        go.SetResult();
        using var late = await first;
        await late.ProblemAsync(HttpStatusCode.Conflict, "request.idempotency_key_in_flight");
        Assert.Equal(1L, await ValueAsync<long>(own.Connection, "select count(*) from webhooks.mt_doc_webhookevent"));
        using var third = await own.Administrator.AskAsync(HttpMethod.Post, "/planted", ("Idempotency-Key", key));
        Assert.Equal("true", third.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_key_is_kept_for_a_day_and_then_removed()
    {
        await using var own = await OwnHost.StartAsync(host);
        using var first = await SubmitAsync(own.Administrator, host.NextInseeCode());
        await ExecuteAsync(own.Connection, "update platform.idempotency_keys set claimed_at = now() - interval '23 hours 59 minutes'");
        var keys = own.Services.GetRequiredService<IdempotencyKeys>();
        Assert.Equal(0, await keys.PurgeAsync(Token));
        await ExecuteAsync(own.Connection, "update platform.idempotency_keys set claimed_at = now() - interval '24 hours 1 minute'");
        using var next = await SubmitAsync(own.Administrator, host.NextInseeCode());
        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
        Assert.Null(next.Header("Idempotent-Replayed"));

        await ExecuteAsync(own.Connection, "update platform.idempotency_keys set claimed_at = now() - interval '24 hours 1 minute'");
        Assert.Equal(1, await keys.PurgeAsync(Token));
        Assert.Equal(0L, await ValueAsync<long>(own.Connection, Kept));
    }

    [Fact]
    public async Task The_database_knows_neither_the_key_nor_what_was_answered()
    {
        await using var own = await OwnHost.StartAsync(host);
        using var created = await own.Administrator.AskAsync(
            HttpMethod.Post, Candidatures, Letter(host.NextInseeCode()), ("Idempotency-Key", key));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        var row = await ValueAsync<string>(own.Connection, "select encode(answer, 'escape') || encode(id, 'escape') || known::text from platform.idempotency_keys known");
        Assert.DoesNotContain(key, row, StringComparison.Ordinal);
        Assert.DoesNotContain("Camille", row, StringComparison.Ordinal);
        Assert.DoesNotContain("commune-candidatures", row, StringComparison.Ordinal);
    }

    private static JsonContent Letter(string code) => JsonContent.Create(new
    {
        inseeCode = code,
        cafeSituation = "none",
        otherShops = 0,
        carriedByMayor = true,
        premises = new { available = true },
        residentsInvolved = true,
        contact = new { name = "Camille Exemple", email = "mairie@example.org" },
    });

    private static async Task<T> ValueAsync<T>(string connection, string query)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(query);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task ExecuteAsync(string connection, string statement)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }

    private Task<HttpResponseMessage> SubmitAsync(HttpClient client, string code, params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Post, Candidatures, Letter(code), [("Idempotency-Key", key), .. headers]);
}
