using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
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

/// <summary>Every list, filter and ranking of recruitment over many candidatures against the same over few, by turns; and the funnel's own time.</summary>
internal static class RecruitmentBenchmark
{
    private const int Few = 1_000;
    private const int WarmUps = 8;
    private const int Turns = 41;
    private const int FunnelTurns = 20;
    private const double RatioTarget = 1.3;
    private const double FunnelTarget = 150;

    public static async Task RunAsync(int many)
    {
        await using var server = await BenchmarkServer.StartAsync();
        await using var small = await Side.StartAsync(server, "few", Few);
        await using var large = await Side.StartAsync(server, "many", many);
        Console.WriteLine($"  {Few} and {many} candidatures of gérants: limit 20, medians of {Turns} requests each, by turns");
        await WarmUpAsync(small);
        await WarmUpAsync(large);
        var missed = new List<string>();
        foreach (var (path, other) in Paths(small.Fill).Zip(Paths(large.Fill)))
        {
            var (few, lots) = await CompareAsync(small, large, path, other);
            var same = await small.CountAsync(path) == await large.CountAsync(other) ? "" : $" ({await small.CountAsync(path)} and {await large.CountAsync(other)} items)";
            Say($"{lots / few,5:0.00} ×  {few,7:0.00} → {lots,7:0.00} ms  {other}{same}");
            missed.AddRange(lots / few <= RatioTarget ? [] : [other]);
        }

        foreach (var path in FunnelPaths(large.Fill))
        {
            var times = new List<double>();
            for (var turn = 0; turn < FunnelTurns; turn++)
            {
                times.Add(await large.AskAsync(path));
            }

            Say($"{Median(times[(FunnelTurns / 4)..]),8:0.0} ms  {path}");
            missed.AddRange(Median(times[(FunnelTurns / 4)..]) <= FunnelTarget ? [] : [path]);
        }

        Console.WriteLine(missed.Count == 0 ? "  all within the targets" : $"  MISSED: {string.Join(", ", missed)}");
    }

    // The compiler improves what runs often: before anything is measured
    private static async Task WarmUpAsync(Side side)
    {
        foreach (var path in Paths(side.Fill).Concat(Paths(side.Fill)).Concat(FunnelPaths(side.Fill)))
        {
            await side.AskAsync(path);
        }
    }

    private static async Task<(double Few, double Many)> CompareAsync(Side small, Side large, string path, string other)
    {
        for (var number = 0; number < WarmUps; number++)
        {
            await small.AskAsync(path);
            await large.AskAsync(other);
        }

        var (few, many) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            few.Add(await small.AskAsync(path));
            many.Add(await large.AskAsync(other));
        }

        return (Median(few), Median(many));
    }

    // In both the same requests, but for the ids of what is asked about
    private static IEnumerable<string> Paths(RecruitmentFill fill)
    {
        const string root = "/v1/recruitment/";
        var (candidature, offer) = (fill.Candidatures.First(one => one.Stage == MilleCafes.Recruitment.GerantCandidatures.GerantStage.Presented), fill.Offers[1]);
        string[] gerants = ["", "stage=declined", "stage=presented", "departement=12", "antenne=southWest", $"sourceClientId={fill.Clients[3]}", "source=Source+8", $"email={RecruitmentFill.Mail}", $"offerId={offer.Id}", "confirmed=false", "updatedSince=2020-01-01T00:00:00Z", "updatedSince=2999-01-01T00:00:00Z", "stage=received&departement=12"];
        string[] communes = ["", "status=submitted", "status=declined", "departement=12", "eligible=true", "eligible=false", "antenne=southWest", "unassigned=true", "minScore=30", "waitingFor=mairie", "waitingFor=opinion", $"inseeCode={fill.Offers[0].InseeCode}"];
        string[] cafes = ["", "status=submitted", "status=declined", "departement=12", "eligible=true", "eligible=false", "siret=73282932000074"];
        string[] offers = ["", "status=draft", "status=published", "departement=12", "model=itinerant", $"cafeId={offer.CafeId}", $"inseeCode={offer.InseeCode}"];
        string[] open = ["", "departement=12", "model=itinerant", "housing=true", "housing=false"];
        string[] waiting = ["", "on=team", "on=candidate", "on=mairie", "on=observer", "on=hostCafe", "on=training", "antenne=southWest", "on=mairie&antenne=southWest", "kind=communeCandidature", "kind=gerantCandidature", "kind=cafeCandidature", "kind=geranceOffer"];
        return
        [
            .. gerants.Select(query => $"{root}gerant-candidatures?limit=20&{query}"),
            .. communes.Select(query => $"{root}commune-candidatures?limit=20&{query}"),
            .. communes.Select(query => $"{root}commune-candidatures?limit=20&sort=priority&{query}"),
            .. cafes.Select(query => $"{root}cafe-candidatures?limit=20&{query}"),
            .. offers.Select(query => $"{root}gerance-offers?limit=20&{query}"),
            .. open.Select(query => $"{root}open-offers?limit=20&{query}"),
            .. new[] { "", "open=true", "open=false" }.Select(query => $"{root}offer-diffusions?limit=20&{query}"),
            .. new[] { "", "status=proposed", "status=held", $"candidatureId={candidature.Id}", $"interviewerId={fill.Clients[2]}" }.Select(query => $"{root}interviews?limit=20&{query}"),
            .. new[] { "", $"candidatureId={candidature.Id}" }.Select(query => $"{root}scorecards?limit=20&{query}"),
            .. new[] { "", "status=booked", "status=completed", $"candidatureId={candidature.Id}" }.Select(query => $"{root}immersions?limit=20&{query}"),
            .. new[] { "", "departement=12", "open=true" }.Select(query => $"{root}host-cafes?limit=20&{query}"),
            .. new[] { "", "answer=yes", $"candidatureId={candidature.Id}" }.Select(query => $"{root}presentations?limit=20&{query}"),
            $"{root}due-erasures?limit=20", $"{root}due-erasures?limit=20&at=2024-06-01T00:00:00Z", $"{root}due-erasures?limit=20&at=2020-01-01T00:00:00Z",
            $"{root}gerance-offers/{offer.Id}/best-candidates?limit=20", $"{root}gerant-candidatures/{candidature.Id}/best-offers?limit=20",
            .. waiting.Select(query => $"{root}waiting?limit=20&{query}"),
        ];
    }

    private static IEnumerable<string> FunnelPaths(RecruitmentFill fill) => OfFunnel(fill).Concat(new[] { "", "?since=2026-01-01T00:00:00Z&until=2026-06-30T12:00:00Z" }.Select(query => "/v1/recruitment/gerance-offers/sources" + query));

    private static IEnumerable<string> OfFunnel(RecruitmentFill fill) => new[]
    {
        "", "by=antenne", "by=source", "by=month", "antenne=southWest", "departement=12", $"source={fill.Clients[3]}", "from=2026-01-01&until=2026-06-30",
    }.Select(query => $"/v1/recruitment/gerant-candidatures/funnel?{query}");

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static void Say(FormattableString line) => Console.WriteLine("  " + line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The host on a database of its own, filled.</summary>
    private sealed class Side(WebApplication host, HttpClient http, RecruitmentFill fill) : IAsyncDisposable
    {
        public RecruitmentFill Fill => fill;

        public static async Task<Side> StartAsync(BenchmarkServer server, string name, int count)
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
            var fill = new RecruitmentFill(count);
            await fill.StoreAsync(host.Services.GetRequiredService<IRecruitmentStore>());
            await using var database = NpgsqlDataSource.Create(connection);
            await using var vacuum = database.CreateCommand("vacuum analyze");
            vacuum.CommandTimeout = 0;
            await vacuum.ExecuteNonQueryAsync();
            var http = new HttpClient { BaseAddress = new(host.Urls.Single()) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdministratorKeys.In(announcements.ToString()));
            return new(host, http, fill);
        }

        /// <summary>How many milliseconds the answer takes.</summary>
        public async Task<double> AskAsync(string path)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            var text = await answer.Content.ReadAsByteArrayAsync();
            var elapsed = Stopwatch.GetElapsedTime(start);
            return answer.IsSuccessStatusCode ? elapsed.TotalMilliseconds : throw new InvalidOperationException($"{path}: {System.Text.Encoding.UTF8.GetString(text)}");
        }

        public async Task<int> CountAsync(string path) =>
            JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(path, UriKind.Relative))).RootElement.GetProperty("items").GetArrayLength();

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await host.StopAsync();
            await host.DisposeAsync();
        }
    }
}
