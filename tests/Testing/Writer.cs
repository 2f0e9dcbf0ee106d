using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Access;
using MilleCafes.Host.Platform;

namespace MilleCafes.Testing;

/// <summary>A client with a key of its own, so that what it did can be told from what others do.</summary>
public sealed class Writer : IDisposable
{
    private readonly string? commune;

    private Writer(MilleCafesHost host, Guid id, string key, string? commune) => (Host, Id, Key, Client, this.commune) = (host, id, key, host.With(key), commune);

    /// <summary>Where it writes.</summary>
    public MilleCafesHost Host { get; }

    /// <summary>The client's id.</summary>
    public Guid Id { get; }

    /// <summary>Its key.</summary>
    public string Key { get; }

    /// <summary>Sends its key.</summary>
    public HttpClient Client { get; }

    /// <summary>A member of the team who may do everything.</summary>
    public static Task<Writer> OfAsync(MilleCafesHost host)
    {
        var scopes = Scopes.All(host.Host.Services.GetRequiredService<ModuleCatalogue>()).Where(scope => scope != Scopes.SelfRead);
        return OfAsync(host, new { name = "Équipe", kind = "staff", scopes });
    }

    /// <param name="host">Where it writes.</param>
    /// <param name="facts">What is known of the client.</param>
    /// <param name="commune">The only commune that it can write for, when there is one.</param>
    public static async Task<Writer> OfAsync(MilleCafesHost host, object facts, string? commune = null)
    {
        var (id, key) = await host.AddClientAsync(facts);
        return new(host, id, key, commune);
    }

    /// <summary>Whether it can write for one commune only.</summary>
    public bool IsOfCommune => commune is not null;

    /// <summary>A commune in which it may submit a candidature.</summary>
    public string NextInseeCode() => commune ?? Host.NextInseeCode();

    /// <summary>Does what comes before the write that is looked at, and returns what was answered.</summary>
    public async Task<JsonElement> DoAsync(string address, object? body = null)
    {
        using var answer = await Client.PostAsync(new Uri(address, UriKind.Relative), body is null ? null : JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{address}: {text}");
    }

    /// <summary>What the audit tells that this writer did by this operation; what it read by its answer is another matter.</summary>
    public async Task<IReadOnlyList<JsonElement>> EntriesAsync(string operation)
    {
        var page = await Host.Administrator.GetFromJsonAsync<JsonElement>($"/v1/access/audit?clientId={Id}&operation={operation}");
        return [.. page.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("act").GetString() != "personalDataRead")];
    }

    /// <summary>Ends the connection, not the key.</summary>
    public void Dispose() => Client.Dispose();
}
