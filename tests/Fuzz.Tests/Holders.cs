using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Testing;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Somebody who asks, and the words that stand in what is theirs and in nothing else.</summary>
/// <param name="Key">None for who shows no key.</param>
/// <param name="Marks">Never in an answer to another whose sight is limited.</param>
internal sealed record Holder(string Name, string? Key, bool Limited, IReadOnlyList<string> Marks);

/// <summary>A client of each kind with things of its own; the administrator has half of the requests.</summary>
internal sealed class Holders : IDisposable
{
    /// <summary>Stands in every mark, so that no request is made of one.</summary>
    public const string Word = "zzmark";

    private const string Candidatures = "/v1/recruitment/commune-candidatures";
    private const string Subscriptions = "/v1/webhooks/subscriptions";
    private const string Projects = "/v1/accompaniment/projects";

    private static readonly string[] Everything =
        ["recruitment:read", "recruitment:write", "accompaniment:read", "accompaniment:write", "webhooks:manage", "personal-data:read"];

    private readonly MilleCafesHost host;
    private readonly Memory memory;
    private readonly ConcurrentDictionary<string, bool> seen = new();
    private readonly List<Holder> limited = [];

    private Holders(MilleCafesHost host, Memory memory)
    {
        (this.host, this.memory) = (host, memory);
        Administrator = new("administrator", host.AdministratorKey, Limited: false, [$"{Word}administratorsletter", $"{Word}administratorssubscription"]);
    }

    public Holder Administrator { get; }

    /// <summary>Who sends a request with a key that is none.</summary>
    public Holder Nobody { get; } = new("nobody", null, Limited: true, []);

    /// <summary>Who prepares what is done rightly; nobody takes its key away.</summary>
    public Writer Writer { get; private set; } = null!;

    /// <summary>The same, as a holder who asks.</summary>
    public Holder Doer => new("writer", Writer.Key, Limited: false, []);

    public IReadOnlyList<Holder> Limited => limited;

    /// <summary>The marks that their own holder never saw: a check of these would be blind.</summary>
    public IEnumerable<string> Unseen => limited.SelectMany(holder => holder.Marks).Where(mark => !seen.ContainsKey(mark));

    public static async Task<Holders> PlantAsync(MilleCafesHost host, Memory memory, CancellationToken token)
    {
        var holders = new Holders(host, memory);
        await holders.PlantAsync(token);
        return holders;
    }

    public Holder Draw(Random random) => random.Next(2) == 0 ? Administrator : limited[random.Next(limited.Count)];

    public void Dispose() => Writer?.Dispose();

    /// <summary>What is another's in an answer to this holder.</summary>
    public IReadOnlyList<string> Foreign(Holder holder, string answer)
    {
        if (!answer.Contains(Word, StringComparison.Ordinal))
        {
            return [];
        }

        foreach (var own in holder.Marks.Where(mark => answer.Contains(mark, StringComparison.Ordinal)))
        {
            seen[own] = true;
        }

        return holder.Limited ? [.. limited.Append(Administrator).SelectMany(other => other.Marks).Except(holder.Marks).Where(mark => answer.Contains(mark, StringComparison.Ordinal))] : [];
    }

    private async Task PlantAsync(CancellationToken token)
    {
        var me = JsonElement.Parse(await host.Administrator.GetStringAsync("/v1/access/me", token));
        Spare(me);
        Writer = await Writer.OfAsync(host);
        Spare(JsonElement.Parse(await Writer.Client.GetStringAsync("/v1/access/me", token)));
        var cafe = await CafeAsync(token);
        await SubscribeAsync(host.Administrator, Administrator.Marks[1], token);

        var commune = host.NextInseeCode();
        await AddAsync("partner", name => new { name, kind = "partner", scopes = Everything }, null, token);
        await AddAsync("mairie", name => new { name, kind = "mairie", scopes = Everything, inseeCode = commune }, commune, token);
        await AddAsync("gerant", name => new { name, kind = "gerant", scopes = Everything, cafes = new[] { cafe } }, null, token);
        // Sees every letter, and nothing that is said of persons in it
        await AddAsync("staff", name => new { name, kind = "staff", scopes = Everything.Where(scope => scope != "personal-data:read") }, null, token);
    }

    private async Task AddAsync(string kind, Func<string, object> facts, string? commune, CancellationToken token)
    {
        var (name, subscription, letter) = ($"{Word}{kind}sname", $"{Word}{kind}ssubscription", $"{Word}{kind}sletter");
        var (id, key) = await host.AddClientAsync(facts(name));
        using var client = host.With(key);
        Spare(JsonElement.Parse(await client.GetStringAsync("/v1/access/me", token)));
        for (var number = 0; number < 3; number++)
        {
            await SubscribeAsync(client, subscription, token);
        }

        if (commune is not null)
        {
            await SubmitAsync(client, commune, letter, token);
        }
        else if (kind == "partner")
        {
            memory.Plant("client_id", $"{id}");
            memory.Plant("client_secret", key);
        }

        limited.Add(new(kind, key, Limited: true, commune is null ? [name, subscription] : [name, subscription, letter]));
    }

    private async Task<Guid> CafeAsync(CancellationToken token)
    {
        var commune = host.NextInseeCode();
        var candidature = await SubmitAsync(host.Administrator, commune, Administrator.Marks[0], token);
        await PostAsync(host.Administrator, $"{Candidatures}/{candidature}/acceptance", null, token);
        var project = Guid.Empty;
        await Eventually.True(async () => await FirstAsync() is not null, TimeSpan.FromSeconds(30));
        memory.Plant(Projects, $"{project}");
        return project;

        async Task<Guid?> FirstAsync()
        {
            var items = JsonElement.Parse(await host.Administrator.GetStringAsync($"{Projects}?inseeCode={commune}", token)).GetProperty("items");
            return items.GetArrayLength() == 0 ? null : project = items[0].GetProperty("id").GetGuid();
        }
    }

    private async Task<string> SubmitAsync(HttpClient client, string inseeCode, string mark, CancellationToken token) =>
        Planted(Candidatures, await PostAsync(
            client, Candidatures,
            new
            {
                inseeCode, cafeSituation = "none", otherShops = 0, carriedByMayor = true, premises = new { available = true }, residentsInvolved = true,
                contact = new { name = mark, email = "mairie@example.org" },
            },
            token));

    private async Task SubscribeAsync(HttpClient client, string mark, CancellationToken token) =>
        Planted(Subscriptions, await PostAsync(client, Subscriptions, new { url = "http://127.0.0.1:9/", eventTypes = new[] { "*" }, description = mark }, token));

    private string Planted(string collection, JsonElement answer)
    {
        var id = answer.GetProperty("id").GetString()!;
        memory.Plant(collection, id);
        return id;
    }

    private void Spare(JsonElement me)
    {
        memory.Spare(me.GetProperty("key").GetProperty("id").GetString()!);
        memory.Spare(me.GetProperty("client").GetProperty("id").GetString()!);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string address, object? body, CancellationToken token)
    {
        using var answer = await client.PostAsync(address, body is null ? null : JsonContent.Create(body), token);
        var text = await answer.Content.ReadAsStringAsync(token);
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{address}: {text}");
    }
}
