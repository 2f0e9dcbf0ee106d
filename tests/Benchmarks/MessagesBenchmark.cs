using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Marten.Publishing;

namespace MilleCafes.Benchmarks;

/// <summary>What a publisher stores along with its message.</summary>
public sealed record Order(Guid Id, int Number, string InseeCode, string Goods);

public sealed record OrderPlaced(Guid Id, int Number, string InseeCode);

/// <summary>What the handler stores.</summary>
public sealed record Delivery(Guid Id, int Number, string InseeCode, string Driver);

/// <summary>Tells when the last message of a round is in its handler.</summary>
public sealed class Deliveries
{
    private int count;

    private TaskCompletionSource all = new();

    public int Expected { get; private set; }

    public Task Last => all.Task;

    public void Begin(int expected) => (count, Expected, all) = (0, expected, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Count()
    {
        if (Interlocked.Increment(ref count) == Expected)
        {
            all.SetResult();
        }
    }
}

// Not named a handler, or the real host would adopt it when another benchmark starts it in this program
[MartenStore(typeof(ICafeStore))]
public static class WhenOrderPlaced
{
    public static void Handle(OrderPlaced message, IDocumentSession session, Deliveries deliveries)
    {
        session.Insert(MessagesBenchmark.Deliver(message));
        deliveries.Count();
    }
}

/// <summary>
/// From publishing to the effect, against bare Npgsql that sends the inserts and deletes this needs: per message, order and envelope in one
/// transaction, delivery and the envelope's end in another, as many at once, the handling while the publishing goes on.
/// </summary>
internal static class MessagesBenchmark
{
    private const int Publishers = 8;
    private const int Handlers = 8;
    private const int Rounds = 5;
    private const double Target = 1.6;
    private const string Orders = "\"cafes\".\"mt_doc_order\"";
    private const string DeliveryTable = "\"cafes\".\"mt_doc_delivery\"";

    // A copy of the envelopes' table and of its indexes: the running node would look after rows in its own
    private const string BareEnvelopes = "bare_envelopes";

    public static async Task RunAsync(int count)
    {
        await using var server = await BenchmarkServer.StartAsync();
        var deliveries = new Deliveries();
        using var host = await CafeApplication.StartAsync(
            server.Database,
            options =>
            {
                options.Discovery.IncludeType(typeof(WhenOrderPlaced));
                options.LocalQueueFor<OrderPlaced>().MaximumParallelMessages(Handlers);
            },
            documents =>
            {
                documents.For<Order>().UseNumericRevisions(true);
                documents.For<Delivery>().UseNumericRevisions(true);
            },
            services => services.AddSingleton(deliveries));
        await server.ExecuteAsync($"create table {BareEnvelopes} (like {CafeApplication.Envelopes} including all)");
        await OursAsync(server, host.Services, deliveries, count / 10);
        await BareAsync(server, count / 10);

        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var ours = await OursAsync(server, host.Services, deliveries, count);
            var bare = await BareAsync(server, count);
            ratios.Add(ours.Elapsed / bare.Elapsed);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} messages: ours {ours.Elapsed.TotalSeconds:0.00} s, bare {bare.Elapsed.TotalSeconds:0.00} s, ratio {ratios[^1]:0.00}; a message: rows written {ours.Changes:0.00} and {bare.Changes:0.00}, bytes allocated {ours.Allocated:N0} and {bare.Allocated:N0}"));
        }

        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"publish → handled: ratio median {ratios[Rounds / 2]:0.00}, lowest {ratios[0]:0.00}, highest {ratios[^1]:0.00}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  target ≤ {Target:0.00} ×: {(ratios[Rounds / 2] <= Target ? "met" : "missed")}"));
        await host.StopAsync();
    }

    public static Delivery Deliver(OrderPlaced placed) => new(Guid.CreateVersion7(), placed.Number, placed.InseeCode, "Camille Exemple");

    private static Order MakeOrder(int number) => new(Guid.CreateVersion7(), number, Cafe.Insee(number), "Coffee, bread, newspapers");

    private static OrderPlaced Placed(Order order) => new(order.Id, order.Number, order.InseeCode);

    private static Task<Round> OursAsync(BenchmarkServer server, IServiceProvider services, Deliveries deliveries, int count)
    {
        var sessions = services.GetRequiredService<OutboxedSessionFactory<ICafeStore>>();
        return MeasureAsync(server, CafeApplication.Envelopes, count, async () =>
        {
            deliveries.Begin(count);
            await PublishAsync(count, async number =>
            {
                await using var scope = services.CreateAsyncScope();
                var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
                await using var session = sessions.OpenSession(bus);
                var order = MakeOrder(number);
                session.Insert(order);
                await bus.PublishAsync(Placed(order));
                await session.SaveChangesAsync();
            });
            await deliveries.Last;
        });
    }

    private static Task<Round> BareAsync(BenchmarkServer server, int count) => MeasureAsync(server, BareEnvelopes, count, async () =>
    {
        var queue = Channel.CreateUnbounded<BareEnvelope<OrderPlaced>>();
        var handling = Task.WhenAll(Enumerable.Range(0, Handlers).Select(_ => Task.Run(async () =>
        {
            await foreach (var envelope in queue.Reader.ReadAllAsync())
            {
                var delivery = Deliver(envelope.Body.Message);
                await BareSql.ExecuteAsync(
                    server.Database, BareSql.DeleteEnvelope(BareEnvelopes, envelope.Id), BareSql.InsertDocument(DeliveryTable, delivery.Id, delivery));
            }
        })));
        await PublishAsync(count, async number =>
        {
            var order = MakeOrder(number);
            var envelope = BareEnvelope.Of(Placed(order));
            await BareSql.ExecuteAsync(server.Database, BareSql.InsertDocument(Orders, order.Id, order), BareSql.InsertEnvelope(BareEnvelopes, envelope));
            queue.Writer.TryWrite(envelope);
        });
        queue.Writer.Complete();
        await handling;
    });

    private static Task PublishAsync(int count, Func<int, Task> publish)
    {
        var last = -1;
        return Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref last); number < count; number = Interlocked.Increment(ref last))
            {
                await publish(number);
            }
        })));
    }

    /// <summary>Until every effect is in the tables, and no envelope.</summary>
    private static async Task<Round> MeasureAsync(BenchmarkServer server, string envelopes, int count, Func<Task> round)
    {
        await server.ExecuteAsync($"truncate {Orders}, {DeliveryTable}, {envelopes}");
        await server.ExecuteAsync("select pg_stat_statements_reset()");
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await round();
        while (await server.CountAsync(DeliveryTable) < count || await server.CountAsync(envelopes) > 0)
        {
            await Task.Yield();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / count;
        return new(elapsed, bytes, await server.ChangesAsync() / (double)count);
    }

    private sealed record Round(TimeSpan Elapsed, long Allocated, double Changes);
}
