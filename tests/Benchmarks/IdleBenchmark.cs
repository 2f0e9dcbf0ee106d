using System.Globalization;
using System.Net.Http.Json;
using MilleCafes.Host.Platform.EmbeddedPostgres;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using Npgsql;

namespace MilleCafes.Benchmarks;

/// <summary>What the host costs while nobody asks anything of it: statements that its server sees, and its own memory.</summary>
internal static class IdleBenchmark
{
    private const int Requests = 1_000;
    private const int AtOnce = 8;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(int seconds)
    {
        using var directory = await BenchmarkServer.PrepareDirectoryAsync();
        using var host = HostProcess.Start("--port", "0", "--data", directory.Path, "--RateLimit:Permits=1000000");
        try
        {
            var address = await host.AddressAsync(CancellationToken.None);
            // The host's own server, joined as a second host would
            await using var server = await EmbeddedDatabase.StartAsync(new EmbeddedDatabaseOptions(directory.Path), TextWriter.Null, CancellationToken.None);
            // From another database, so that what is watched is the host's alone
            await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres" }.ConnectionString);
            await ExecuteAsync(database, "create extension pg_stat_statements");
            await Task.Delay(Settling);
            Console.WriteLine($"after the start: {Memory(host.Id)}");
            await WatchAsync(database, TimeSpan.FromSeconds(seconds));
            Console.WriteLine($"idle: {Memory(host.Id)}");

            await AskAsync(address, AdministratorKeys.In(host.Output)!);
            Console.WriteLine($"after {3 * Requests} requests: {Memory(host.Id)}");
            await Task.Delay(Settling);
            await WatchAsync(database, TimeSpan.FromSeconds(seconds));
            Console.WriteLine($"idle again: {Memory(host.Id)}");
        }
        finally
        {
            await host.SignalAsync("TERM", CancellationToken.None);
            await host.ExitAsync(CancellationToken.None);
        }
    }

    private static async Task WatchAsync(NpgsqlDataSource database, TimeSpan duration)
    {
        await ExecuteAsync(database, "select pg_stat_statements_reset()");
        var before = await TransactionsAsync(database);
        await Task.Delay(duration);
        var transactions = await TransactionsAsync(database) - before;
        await using var command = database.CreateCommand(
            """
            select query ~ 'wolverine_', calls, regexp_replace(left(query, 300), '\s+', ' ', 'g')
            from pg_stat_statements where dbid = (select oid from pg_database where datname = 'millecafes') order by calls desc
            """);
        var statements = new List<(bool Heartbeat, long Calls, string Query)>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                statements.Add((reader.GetBoolean(0), reader.GetInt64(1), reader.GetString(2)));
            }
        }

        string PerSecond(double count) => string.Create(CultureInfo.InvariantCulture, $"{count / duration.TotalSeconds:0.00}/s");
        var others = statements.Where(statement => !statement.Heartbeat).Sum(statement => statement.Calls);
        Console.WriteLine(
            $"statements of the heartbeat {PerSecond(statements.Sum(statement => statement.Calls) - others)}, others {PerSecond(others)}; transactions {PerSecond(transactions)}");
        foreach (var (_, calls, query) in statements)
        {
            Console.WriteLine($"  {calls} × {(query.Length > 110 ? query[..110] + "…" : query)}");
        }
    }

    /// <summary>A search, a list and a candidature, each so many times.</summary>
    private static async Task AskAsync(Uri address, string key)
    {
        using var client = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        string[] communes = [.. CommuneRegistry.Official.Communes.Where(commune => commune is { Eligible: true, Population: > 0 }).Take(Requests).Select(commune => commune.InseeCode)];
        var latencies = new Latencies();
        await Parallel.ForEachAsync(communes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (code, token) =>
        {
            using var found = await client.GetAsync($"/v1/reference/communes?search={code[..3]}", token);
            using var listed = await client.GetAsync("/v1/recruitment/commune-candidatures", token);
            var start = TimeProvider.System.GetTimestamp();
            using var submitted = await client.PostAsJsonAsync(
                "/v1/recruitment/commune-candidatures",
                new
                {
                    inseeCode = code,
                    cafeSituation = "none",
                    otherShops = 0,
                    carriedByMayor = true,
                    premises = new { available = true },
                    residentsInvolved = true,
                    contact = new { name = "Camille Exemple", email = "mairie@example.org" },
                },
                token);
            var milliseconds = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            submitted.EnsureSuccessStatusCode();
            found.EnsureSuccessStatusCode();
            listed.EnsureSuccessStatusCode();
            lock (latencies)
            {
                latencies.Add(code, milliseconds);
            }
        });
        Console.WriteLine($"submitting a candidature, {AtOnce} at a time: {latencies.Describe()}");
    }

    /// <summary>Pages of the process in memory, those of its own, and its part of those it shares.</summary>
    private static string Memory(int process)
    {
        var figures = File.ReadLines($"/proc/{process}/status").Concat(File.ReadLines($"/proc/{process}/smaps_rollup"))
            .Select(line => line.Split(':', 2))
            .Where(parts => parts[0] is "VmRSS" or "RssAnon" or "RssFile" or "RssShmem" or "Pss" or "Threads")
            .Select(parts => parts[1].Trim().Split(' ') is [var kilobytes, "kB"]
                ? string.Create(CultureInfo.InvariantCulture, $"{parts[0]} {long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024.0:0} MB")
                : $"{parts[0]} {parts[1].Trim()}");
        return string.Join(", ", figures);
    }

    private static async Task<long> TransactionsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select xact_commit + xact_rollback from pg_stat_database where datname = 'millecafes'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
