using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MilleCafes.Host;
using MilleCafes.Recruitment;
using MilleCafes.Testing;
using Npgsql;

namespace MilleCafes.Benchmarks.Recruitment;

/// <summary>The host on a database of its own, filled.</summary>
internal sealed class RecruitmentSide(WebApplication host, RecruitmentFill fill, IReadOnlyDictionary<Asker, HttpClient> clients) : IAsyncDisposable
{
    private static readonly string[] Scopes = ["recruitment:read", "personal-data:read"];

    public RecruitmentFill Fill => fill;

    public static async Task<RecruitmentSide> StartAsync(BenchmarkServer server, string name, int count)
    {
        await server.ExecuteAsync($"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
        using var announcements = new StringWriter();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(
            [new("RateLimit:Permits", "1000000000"), new("Webhooks:SecretsKey", Convert.ToBase64String(new byte[32])), new("Logging:LogLevel:MilleCafes.Requests", "None")]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var host = MilleCafesApplication.Build(builder, connection, TextWriter.Synchronized(announcements));
        await host.StartAsync();
        using var team = Of(host, AdministratorKeys.In(announcements.ToString())!);
        var (partner, partnerKey) = await AddAsync(team, new { name = "Partenaire", kind = "partner", scopes = Scopes });
        var (gerant, gerantKey) = await AddAsync(team, new { name = "Café hôte", kind = "gerant", scopes = Scopes, cafes = new[] { Guid.CreateVersion7() } });
        var fill = new RecruitmentFill(count, partner, gerant);
        await fill.StoreAsync(host.Services.GetRequiredService<IRecruitmentStore>());
        var (_, mairieKey) = await AddAsync(team, new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = fill.Mairie });
        await using var database = NpgsqlDataSource.Create(connection);
        await using var vacuum = database.CreateCommand("vacuum analyze");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync();
        return new(host, fill, new Dictionary<Asker, HttpClient>
        {
            [Asker.Team] = Of(host, AdministratorKeys.In(announcements.ToString())!),
            [Asker.Partner] = Of(host, partnerKey),
            [Asker.Gerant] = Of(host, gerantKey),
            [Asker.Mairie] = Of(host, mairieKey),
        });
    }

    private static HttpClient Of(WebApplication host, string key)
    {
        var http = new HttpClient { BaseAddress = new(host.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static async Task<(Guid Id, string Key)> AddAsync(HttpClient team, object facts)
    {
        var client = (await PostAsync(team, "/v1/access/clients", facts)).GetProperty("id").GetGuid();
        return (client, (await PostAsync(team, $"/v1/access/clients/{client}/keys", new { })).GetProperty("secret").GetString()!);
    }

    private static async Task<JsonElement> PostAsync(HttpClient team, string path, object body)
    {
        using var answer = await team.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException(text);
    }

    /// <summary>How many milliseconds the answer takes.</summary>
    public async Task<double> AskAsync(Asked asked)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await clients[asked.By].GetAsync(new Uri(asked.Path, UriKind.Relative));
        var text = await answer.Content.ReadAsByteArrayAsync();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return answer.IsSuccessStatusCode ? elapsed.TotalMilliseconds : throw new InvalidOperationException($"{asked}: {System.Text.Encoding.UTF8.GetString(text)}");
    }

    public async Task<int> CountAsync(Asked asked) =>
        JsonDocument.Parse(await clients[asked.By].GetByteArrayAsync(new Uri(asked.Path, UriKind.Relative))).RootElement.GetProperty("items").GetArrayLength();

    public async ValueTask DisposeAsync()
    {
        foreach (var http in clients.Values)
        {
            http.Dispose();
        }

        await host.StopAsync();
        await host.DisposeAsync();
    }
}
