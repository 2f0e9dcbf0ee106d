using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>Every endpoint, asked by every kind of holder for what is theirs and what is not.</summary>
public sealed class MatrixTests(MilleCafesHost host)
{
    private static readonly Guid Nothing = Guid.Parse("00000000-0000-7000-8000-0000000000ff");

    private readonly List<string> faults = [];
    private readonly Dictionary<string, Things> things = [];
    private readonly List<(HttpClient Http, Guid Id)> subscribed = [];
    private int asked;

    [Fact]
    public async Task Every_endpoint_shows_every_holder_what_is_theirs_and_nothing_else()
    {
        var (own, other) = (await CafeAsync(), await CafeAsync());
        var holders = await Holders.OfAsync(host, own.Commune, own.Project);
        await FillAsync(own, other, holders);
        var endpoints = host.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<OperationText>() is not null).ToList();
        Assert.NotEmpty(endpoints);

        foreach (var endpoint in endpoints)
        {
            await JudgeAsync(endpoint, holders);
        }

        // Nothing of this test may be told what others do
        foreach (var (http, id) in subscribed)
        {
            using var ended = await http.DeleteAsync($"/v1/webhooks/subscriptions/{id}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(asked, endpoints.Count * 3, int.MaxValue);
    }

    private async Task JudgeAsync(RouteEndpoint endpoint, Holders holders)
    {
        var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single();
        var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        if (endpoint.Metadata.GetMetadata<OperationScope>() is not { } scope)
        {
            Expect(await AskAsync(host.Anonymous, method, path, Nothing) is not (401 or 403), $"{method} {path} is open to all");
            return;
        }

        Expect(await AskAsync(host.Anonymous, method, path, Nothing) == 401, $"{method} {path} without a key is 401");
        if (scope.Scope != "self:read")
        {
            Expect(await AskAsync(holders.Scopeless, method, path, Nothing) == 403, $"{method} {path} without the scope is 403");
        }

        var kinds = endpoint.Metadata.GetMetadata<OperationHolders>()!.Kinds;
        foreach (var (kind, client) in new[] { (HolderKind.Staff, holders.Staff), (HolderKind.Partner, holders.Partner), (HolderKind.Mairie, holders.Mairie), (HolderKind.Gerant, holders.Gerant) })
        {
            if (kinds.Count > 0 && !kinds.Contains(kind))
            {
                Expect(await AskAsync(client, method, path, Nothing) == 403, $"{method} {path} asked by a {kind} is 403");
            }
            else if (path.Contains('{', StringComparison.Ordinal))
            {
                await JudgeItemAsync(kind, client, method, path);
            }
            else if (method == "GET" && ThingsOf(path) is { } listed)
            {
                await JudgeListAsync(kind, client, path, listed);
            }
        }
    }

    private async Task JudgeItemAsync(HolderKind kind, HttpClient client, string method, string path)
    {
        if (ThingsOf(path) is not { } thing)
        {
            faults.Add($"{path} is a path of things that this test does not know: say whose they are");
            return;
        }

        if (!thing.Sees(kind, thing.Other))
        {
            var status = await AskAsync(client, method, path, thing.Other);
            Expect(status == 404, $"{method} {path}, of something that is not the {kind}'s, is {status}, not 404");
        }

        if (method == "GET" && thing.Sees(kind, thing.Own(kind)))
        {
            Expect(await AskAsync(client, method, path, thing.Own(kind)) == 200, $"{method} {path}, of something that is the {kind}'s, is 200");
        }
    }

    private async Task JudgeListAsync(HolderKind kind, HttpClient client, string path, Things listed)
    {
        var ids = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await client.ReadAsync($"{path}?limit=200{next}");
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            next = (string?)page["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        asked++;
        Expect(ids.Contains(listed.Other.ToString()) == listed.Sees(kind, listed.Other), $"GET {path} shows a {kind} others' things as it should");
        Expect(!listed.Sees(kind, listed.Own(kind)) || ids.Contains(listed.Own(kind).ToString()), $"GET {path} shows a {kind} its own things");
    }

    private async Task<int> AskAsync(HttpClient client, string method, string path, Guid id)
    {
        asked++;
        using var request = new HttpRequestMessage(new(method), path.Replace("{id:guid}", id.ToString(), StringComparison.Ordinal).Replace("{inseeCode}", "12268", StringComparison.Ordinal));
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = path == "/oauth/token" ? new FormUrlEncodedContent([]) : JsonContent.Create(Bodies.GetValueOrDefault(path, new JsonObject()));
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    // What passes validation, so that the answer is about the thing
    private static readonly Dictionary<string, JsonObject> Bodies = new()
    {
        [$"{Candidatures}/{{id:guid}}/decline"] = new() { ["reason"] = "Non." },
        ["/v1/webhooks/subscriptions/{id:guid}/replay"] = new() { ["since"] = "2023-04-03T09:00:00Z" },
    };

    private Things? ThingsOf(string path) => things.GetValueOrDefault(string.Join('/', path.Split('/').Take(4)));

    private void Expect(bool holds, string what)
    {
        if (!holds)
        {
            faults.Add(what);
        }
    }

    private async Task FillAsync(Cafe own, Cafe other, Holders holders)
    {
        things[Candidatures] = new(_ => own.Candidature, other.Candidature, (kind, id) => kind == HolderKind.Staff || (kind == HolderKind.Mairie && id == own.Candidature));
        things[Projects] = new(_ => own.Project, other.Project, (kind, id) => kind == HolderKind.Staff || id == own.Project);
        var (client, key) = await host.AddClientAsync(new { name = "Autre", kind = "partner", scopes = new[] { "webhooks:manage" } });
        var stranger = host.With(key);
        var keys = await host.Administrator.ReadAsync($"/v1/access/keys?clientId={client}");
        var keyId = Guid.Parse((string)keys["items"]![0]!["id"]!);
        things["/v1/access/clients"] = new(_ => client, client, (kind, _) => kind == HolderKind.Staff);
        things["/v1/access/keys"] = new(_ => keyId, keyId, (kind, _) => kind == HolderKind.Staff);
        var theirs = await SubscribeAsync(stranger);
        var subscriptions = new Dictionary<HolderKind, Guid>();
        foreach (var (kind, http) in new[] { (HolderKind.Staff, holders.Staff), (HolderKind.Partner, holders.Partner), (HolderKind.Mairie, holders.Mairie), (HolderKind.Gerant, holders.Gerant) })
        {
            subscriptions[kind] = await SubscribeAsync(http);
        }

        things["/v1/webhooks/subscriptions"] = new(kind => subscriptions[kind], theirs, (kind, id) => id == subscriptions[kind]);
        things["/v1/webhooks/deliveries"] = new(_ => Nothing, Nothing, (_, _) => false);
    }

    private async Task<Guid> SubscribeAsync(HttpClient http)
    {
        using var made = await http.SendAsync("/v1/webhooks/subscriptions", new { url = "http://127.0.0.1:9/", eventTypes = new[] { "recruitment.*" } });
        subscribed.Add((http, Guid.Parse((string)(await made.ReadAsync(HttpStatusCode.Created))["id"]!)));
        return subscribed[^1].Id;
    }

    private async Task<Cafe> CafeAsync()
    {
        var commune = host.NextInseeCode();
        var candidature = await host.Administrator.SubmittedAsync(Letter(commune));
        await host.TrackAsync(() => host.Administrator.DoneAsync(candidature, "acceptance"));
        var projects = await host.Administrator.ReadAsync($"{Projects}?inseeCode={commune}");
        return new(commune, candidature, Guid.Parse((string)projects["items"]![0]!["id"]!));
    }

    private sealed record Cafe(string Commune, Guid Candidature, Guid Project);

    /// <summary>A thing of each holder's own, another's, and who may see which.</summary>
    private sealed record Things(Func<HolderKind, Guid> Own, Guid Other, Func<HolderKind, Guid, bool> Sees);
}
