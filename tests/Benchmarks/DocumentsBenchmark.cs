using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wolverine;
using Wolverine.Marten.Publishing;

namespace MilleCafes.Benchmarks;

public sealed record CafeOpened(Guid Id, string InseeCode, DateTimeOffset At);

/// <summary>Never called here: its messages are due tomorrow.</summary>
public static class WhenCafeOpened
{
    public static void Handle(CafeOpened message) => ArgumentNullException.ThrowIfNull(message);
}

/// <summary>The document store against bare Npgsql that sends the same statements to the same server.</summary>
internal static class DocumentsBenchmark
{
    private const int Count = 20_000;
    private const int PageSize = 50;
    private const int BulkPairs = 9;

    private const string Load = $"SELECT data FROM {CafeApplication.Documents} WHERE id = $1";
    private const string Page = $"SELECT d.data FROM {CafeApplication.Documents} AS d WHERE ((d.data ->> 'inseeCode') = $1) ORDER BY d.id LIMIT $2";

    private static readonly DeliveryOptions Tomorrow = new() { ScheduleDelay = TimeSpan.FromDays(1) };

    public static async Task RunAsync()
    {
        await using var server = await BenchmarkServer.StartAsync();
        using var host = await CafeApplication.StartAsync(server.Database, options => options.Discovery.IncludeType(typeof(WhenCafeOpened)));
        var store = host.Services.GetRequiredService<ICafeStore>();
        Cafe[] cafes = [.. Enumerable.Range(0, Count).Select(Cafe.Make)];
        Console.WriteLine($"{Count} documents of {BareSql.Write(cafes[0]).Length} bytes of JSON");

        await BulkInsertAsync(server, store, cafes);
        await server.ExecuteAsync($"vacuum analyze {CafeApplication.Documents}");
        await LoadAsync(server, store, cafes);
        await PageAsync(server, store);
        await CommitAsync(server, host.Services);
        await host.StopAsync();
    }

    private static async Task LoadAsync(BenchmarkServer server, ICafeStore store, Cafe[] cafes)
    {
        var number = 0;
        Guid Next() => cafes[(Interlocked.Add(ref number, 7919) & int.MaxValue) % Count].Id;

        async Task OursAsync()
        {
            await using var session = store.QuerySession();
            Expect(await session.LoadAsync<Cafe>(Next()) is not null);
        }

        async Task BareAsync() => Expect(await BareSql.LoadAsync<Cafe>(server.Database, Load, Next()) is not null);

        await CompareAsync(server, new("load by id", 0.9, OursAsync, BareAsync), OursAsync, BareAsync);
    }

    private static async Task PageAsync(BenchmarkServer server, ICafeStore store)
    {
        var number = 0;

        async Task OursAsync()
        {
            var code = Cafe.Insee(Interlocked.Increment(ref number));
            await using var session = store.QuerySession();
            var page = await session.Query<Cafe>().Where(cafe => cafe.InseeCode == code).OrderBy(cafe => cafe.Id).Take(PageSize).ToListAsync();
            Expect(page.Count == PageSize);
        }

        async Task BareAsync()
        {
            var code = new NpgsqlParameter<string> { TypedValue = Cafe.Insee(Interlocked.Increment(ref number)) };
            var size = new NpgsqlParameter<int> { TypedValue = PageSize };
            Expect((await BareSql.ListAsync<Cafe>(server.Database, Page, code, size)).Count == PageSize);
        }

        await CompareAsync(server, new($"page of {PageSize}", 0.85, OursAsync, BareAsync), OursAsync, BareAsync);
    }

    private static async Task CommitAsync(BenchmarkServer server, IServiceProvider services)
    {
        var sessions = services.GetRequiredService<OutboxedSessionFactory<ICafeStore>>();
        var number = 0;

        async Task OursAsync()
        {
            await using var scope = services.CreateAsyncScope();
            var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
            await using var session = sessions.OpenSession(bus);
            var cafe = Cafe.Make(Interlocked.Increment(ref number));
            session.Insert(cafe);
            await bus.PublishAsync(Opening(cafe), Tomorrow);
            await session.SaveChangesAsync();
        }

        async Task BareAsync()
        {
            var cafe = Cafe.Make(Interlocked.Increment(ref number));
            await BareSql.ExecuteAsync(
                server.Database,
                BareSql.InsertDocument(CafeApplication.Documents, cafe.Id, cafe),
                BareSql.InsertEnvelope(CafeApplication.Envelopes, BareEnvelope.Of(Opening(cafe)), TimeProvider.System.GetUtcNow().AddDays(1).UtcDateTime));
        }

        await CompareAsync(server, new("commit of one document and one envelope", 0.85, OursAsync, BareAsync), OursAsync, BareAsync);
    }

    private static async Task BulkInsertAsync(BenchmarkServer server, ICafeStore store, Cafe[] cafes)
    {
        async Task OursAsync() => await store.BulkInsertAsync(cafes);
        async Task BareAsync() => await BareSql.CopyAsync(server.Database, CafeApplication.Documents, cafes);
        async Task EmptyAsync() => await server.ExecuteAsync($"truncate {CafeApplication.Documents}");

        await new Comparison("bulk insert", 0.8, OursAsync, BareAsync).RunOneByOneAsync(BulkPairs, Count, EmptyAsync);
    }

    private static CafeOpened Opening(Cafe cafe) => new(cafe.Id, cafe.InseeCode, cafe.History[^1].At);

    /// <summary>A comparison of different statements would compare nothing: they are said.</summary>
    private static async Task CompareAsync(BenchmarkServer server, Comparison comparison, Func<Task> ours, Func<Task> bare)
    {
        await comparison.RunAsync();
        var (mine, theirs) = (await server.StatementsOfAsync(ours), await server.StatementsOfAsync(bare));
        Console.WriteLine(mine.SequenceEqual(theirs)
            ? "  both send the same statements"
            : $"  the statements differ; only ours: {string.Join("; ", mine.Except(theirs))}; only bare: {string.Join("; ", theirs.Except(mine))}");
    }

    private static void Expect(bool expectation)
    {
        if (!expectation)
        {
            throw new InvalidOperationException("The documents that were stored did not come back.");
        }
    }
}
