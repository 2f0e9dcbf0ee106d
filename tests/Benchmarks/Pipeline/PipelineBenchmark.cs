using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MilleCafes.Host;
using MilleCafes.Testing;
using Npgsql;
using NpgsqlTypes;

namespace MilleCafes.Benchmarks.Pipeline;

/// <summary>The whole way of a request (key, rate, limits, validation, audit, tag, message) against a bare API on the same server.</summary>
internal static class PipelineBenchmark
{
    private const int Count = 100_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        await using var server = await BenchmarkServer.StartAsync();
        await using var database = NpgsqlDataSource.Create(server.ConnectionString + ";Max Auto Prepare=16;Auto Prepare Min Usages=2");
        using var announcements = new StringWriter();
        await using var host = Build(server.ConnectionString, "http://127.0.0.1:0", TextWriter.Synchronized(announcements));
        await host.StartAsync();
        await server.ExecuteAsync(BareApi.Schema);
        await using var bare = await BareApi.StartAsync(database);
        var ids = await FillAsync(host, database);
        await server.ExecuteAsync("vacuum analyze");

        var authorization = $"Authorization: Bearer {AdministratorKeys.In(announcements.ToString())}\r\n";
        var (ours, theirs) = (new Side(new(host.Urls.Single())), new Side(new(bare.Urls.Single())));
        var number = 0;
        Guid NextId() => ids[(Interlocked.Add(ref number, 7919) & int.MaxValue) % Count];
        string NextCode() => ItemFacts.Codes[(Interlocked.Increment(ref number) & int.MaxValue) % ItemFacts.Codes.Length];
        byte[] NextBody() => JsonSerializer.SerializeToUtf8Bytes(ItemFacts.Make(Interlocked.Increment(ref number) & int.MaxValue), JsonSerializerOptions.Web);

        await new Comparison(
            "GET one", 0.8,
            () => ours.AskAsync(PlainConnection.Request("GET", $"/v1/items/items/{NextId()}", authorization), 200),
            () => theirs.AskAsync(PlainConnection.Request("GET", $"/items/{NextId()}", ""), 200)) { WarmUp = WarmUp }.RunAsync();
        await new Comparison(
            "GET a list of 50", 0.8,
            () => ours.AskAsync(PlainConnection.Request("GET", $"/v1/items/items?department={NextCode()}&after={Shared.Paging.Cursor(typeof(ListItems), NextId())}", authorization), 200),
            () => theirs.AskAsync(PlainConnection.Request("GET", $"/items?department={NextCode()}&after={NextId()}", ""), 200)) { WarmUp = WarmUp }.RunAsync();
        await new Comparison(
            "POST of a document, an audit entry and a message", 0.6,
            () => ours.AskAsync(PlainConnection.Request("POST", "/v1/items/items", authorization, NextBody()), 201),
            () => theirs.AskAsync(PlainConnection.Request("POST", "/items", "", NextBody()), 201)) { WarmUp = WarmUp }.RunAsync();
        await host.StopAsync();
    }

    /// <summary>The host with the benchmark's module, on a database that is there, until it is stopped: for a load that comes from elsewhere.</summary>
    public static async Task ServeAsync(string connection, int port)
    {
        await using var host = Build(connection, $"http://127.0.0.1:{port}", Console.Out);
        await host.RunAsync();
    }

    private static WebApplication Build(string connection, string address, TextWriter announcements)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // A line for each request is the business of whoever reads them; the bare side has none
        builder.Configuration.AddInMemoryCollection(
            [new("RateLimit:Permits", "1000000000"), new("Webhooks:SecretsKey", Convert.ToBase64String(new byte[32])), new("Logging:LogLevel:MilleCafes.Requests", "None")]);
        builder.WebHost.UseUrls(address);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return MilleCafesApplication.Build(builder, connection, announcements, new ItemsModule());
    }

    /// <summary>The same items on both sides, with the same ids.</summary>
    private static async Task<Guid[]> FillAsync(WebApplication host, NpgsqlDataSource database)
    {
        var now = TimeProvider.System.GetUtcNow();
        Item[] items =
        [
            .. Enumerable.Range(0, Count).Select(number => Item.Create(Guid.CreateVersion7(now.AddMilliseconds(number)), ItemFacts.Make(number), now)),
        ];
        await host.Services.GetRequiredService<IItemStore>().BulkInsertAsync(items);
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync("copy bare.items (id, data) from stdin (format binary)");
        foreach (var item in items)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(item.Id, NpgsqlDbType.Uuid);
            await copy.WriteAsync(BareApi.Document(ItemView.Of(item)), NpgsqlDbType.Jsonb);
        }

        await copy.CompleteAsync();
        return [.. items.Select(item => item.Id)];
    }

    /// <summary>One of the two, and the connections to it that are free.</summary>
    private sealed class Side(Uri address)
    {
        private readonly ConcurrentBag<PlainConnection> free = [];

        public async Task AskAsync(byte[] request, int expected)
        {
            var connection = free.TryTake(out var one) ? one : await PlainConnection.OpenAsync(address);
            await connection.AskAsync(request, expected);
            free.Add(connection);
        }
    }
}
