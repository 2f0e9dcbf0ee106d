using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Access;
using MilleCafes.Host.Platform;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>A member of the team with a key of its own, so that what it did can be told from what others do.</summary>
internal sealed class Writer : IDisposable
{
    private Writer(MilleCafesHost host, Guid id, string key) => (Host, Id, Key, Client) = (host, id, key, host.With(key));

    public MilleCafesHost Host { get; }

    public Guid Id { get; }

    public string Key { get; }

    public HttpClient Client { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Writer> OfAsync(MilleCafesHost host)
    {
        var scopes = Scopes.All(host.Host.Services.GetRequiredService<ModuleCatalogue>()).Where(scope => scope != Scopes.SelfRead);
        var (id, key) = await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes });
        return new(host, id, key);
    }

    /// <summary>Does what comes before the write that is looked at, and returns what was answered.</summary>
    public async Task<JsonElement> DoAsync(string address, object? body = null)
    {
        using var answer = await Client.PostAsync(address, body is null ? null : JsonContent.Create(body), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {text}");
        return JsonElement.Parse(text);
    }

    public async Task<HttpResponseMessage> WriteAsync(AnyOperation operation, RightWrite write, params (string Name, string Value)[] headers) =>
        await Client.AskAsync(new(operation.Method), write.Address, write.Content, headers);

    /// <summary>What the audit tells of this writer and this operation.</summary>
    public async Task<IReadOnlyList<JsonElement>> EntriesAsync(AnyOperation operation)
    {
        var page = await Host.Administrator.GetFromJsonAsync<JsonElement>($"/v1/access/audit?clientId={Id}&operation={operation.Name}", Token);
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    public void Dispose() => Client.Dispose();
}
