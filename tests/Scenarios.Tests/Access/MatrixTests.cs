using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>Every endpoint, asked by every kind of holder for what is theirs and what is not.</summary>
public sealed class MatrixTests(MilleCafesHost host)
{
    private readonly List<string> faults = [];
    private readonly Dictionary<string, object?> bodies = [];
    private int asked;

    [Fact]
    public async Task Every_endpoint_shows_every_holder_what_is_theirs_and_nothing_else_and_lets_them_write_to_it_only()
    {
        var (own, other) = (await Cafe.OfAsync(host), await Cafe.OfAsync(host));
        var holders = await Holders.OfAsync(host, own.Commune, own.Project);
        await using var things = await Things.OfAsync(host, own, other, holders);
        var endpoints = host.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<OperationText>() is not null).Select(Asked.Of).ToList();
        Assert.NotEmpty(endpoints);
        using var writer = await Writer.OfAsync(host);
        foreach (var write in endpoints.Where(one => one.IsWrite))
        {
            bodies[write.Name] = (await RightWrites.OfAsync(write.Name, writer)).Body;
        }

        foreach (var endpoint in endpoints)
        {
            await JudgeAsync(endpoint, holders, things);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(asked, endpoints.Count * 3, int.MaxValue);
    }

    private async Task JudgeAsync(Asked endpoint, Holders holders, Things things)
    {
        var thing = things.Of(endpoint.Path);
        if (endpoint.Scope is null)
        {
            Expect(await AskAsync(host.Anonymous, endpoint, thing?.Other) is not (401 or 403), $"{endpoint} is open to all");
            return;
        }

        // What is nobody's thing is said of the caller
        if (endpoint.Scope != "self:read" && thing is null)
        {
            faults.Add($"{endpoint} is about things that this test does not know: say in Things whose they are");
            return;
        }

        await RefusedAsync(host.Anonymous, endpoint, thing, 401, "without a key");
        if (endpoint.Scope == "self:read")
        {
            return;
        }

        await RefusedAsync(holders.Scopeless, endpoint, thing, 403, "without the scope");
        foreach (var (kind, client) in holders.ByKind)
        {
            if (endpoint.Kinds.Count > 0 && !endpoint.Kinds.Contains(kind))
            {
                await RefusedAsync(client, endpoint, thing, 403, $"by a {kind}");
                continue;
            }

            if (endpoint.HasParameter && !thing!.Sees(kind, thing.Other))
            {
                await RefusedAsync(client, endpoint, thing, 404, $"by a {kind}, of something that is another's");
            }

            await JudgeOwnAsync(kind, client, endpoint, thing!);
        }
    }

    private async Task JudgeOwnAsync(HolderKind kind, HttpClient client, Asked endpoint, Thing thing)
    {
        if (endpoint.IsWrite && thing.SeesOwn(kind))
        {
            using var writer = await Holders.AnotherAsync(host, kind);
            var write = await RightWrites.OfAsync(endpoint.Name, writer);
            using var request = new HttpRequestMessage(new(endpoint.Method), write.Address) { Content = write.Content };
            using var answer = await writer.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Expect(answer.IsSuccessStatusCode, $"{endpoint}, of something that is the {kind}'s, is done, not {(int)answer.StatusCode}");
        }
        else if (endpoint.IsWrite && !endpoint.HasParameter)
        {
            await RefusedAsync(client, endpoint, thing, 403, $"by a {kind}, who could not see it");
        }
        else if (endpoint.IsList && !endpoint.HasParameter)
        {
            var ids = await IdsAsync(client, endpoint.Path);
            Expect(ids.Contains(thing.Other) == thing.Sees(kind, thing.Other), $"{endpoint} shows a {kind} others' things as it should");
            Expect(ids.Contains(thing.Own(kind)) == thing.SeesOwn(kind), $"{endpoint} shows a {kind} its own things");
        }
        else if (endpoint.Method == "GET" && thing.SeesOwn(kind))
        {
            Expect(await AskAsync(client, endpoint, thing.Own(kind)) == 200, $"{endpoint}, of something that is the {kind}'s, is 200");
        }
    }

    /// <summary>Refused with this status, and what it was about is as it was.</summary>
    private async Task RefusedAsync(HttpClient client, Asked endpoint, Thing? thing, int status, string how)
    {
        var before = await StateAsync();
        var answered = await AskAsync(client, endpoint, thing?.Other);
        Expect(answered == status, $"{endpoint}, asked {how}, is {answered}, not {status}");
        Expect(before == await StateAsync(), $"{endpoint}, asked {how}, wrote nothing");

        // The tag starts with the revision
        async Task<string?> StateAsync()
        {
            if (!endpoint.IsWrite || !endpoint.HasParameter)
            {
                return null;
            }

            using var answer = await thing!.Reader.GetAsync($"{Things.CollectionOf(endpoint.Path)}/{thing.Other}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return answer.Headers.ETag!.Tag;
        }
    }

    private async Task<List<string>> IdsAsync(HttpClient client, string path)
    {
        var ids = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await client.ReadAsync($"{path}?limit=200{next}");
            ids.AddRange(page["items"]!.AsArray().Select(item => (item!["id"] ?? item["webhookId"] ?? item["candidatureId"]).Text()));
            next = (string?)page["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        return ids;
    }

    private async Task<int> AskAsync(HttpClient client, Asked endpoint, string? id)
    {
        asked++;
        var address = endpoint.Path.Replace("{id:guid}", id, StringComparison.Ordinal).Replace("{inseeCode}", "12268", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new(endpoint.Method), address) { Content = new RightWrite("", bodies.GetValueOrDefault(endpoint.Name)).Content };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private void Expect(bool holds, string what) => faults.AddRange(holds ? [] : [what]);
}
