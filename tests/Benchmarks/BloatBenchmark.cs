using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Marten.Publishing;
using Wolverine.Persistence.Durability;
using Wolverine.Persistence.Durability.DeadLetterManagement;

namespace MilleCafes.Benchmarks;

public sealed record Parcel(int Number);

/// <summary>Counts the parcels, and loses one in a hundred the first time it comes.</summary>
public sealed class Parcels(int count)
{
    private readonly bool[] lost = new bool[count];
    private int ended;

    public int Ended => ended;

    /// <summary>Half of what fails is replayed, and then succeeds; the other half is discarded.</summary>
    public static bool IsReplayed(int number) => number % 200 == 0;

    public void Receive(int number)
    {
        if (number % 100 == 0 && !lost[number])
        {
            lost[number] = true;
            throw new InvalidOperationException("This parcel is lost.");
        }

        End(1);
    }

    public void End(int parcels) => Interlocked.Add(ref ended, parcels);
}

public static class WhenParcelSent
{
    public static void Handle(Parcel message, Parcels parcels) => parcels.Receive(message.Number);
}

/// <summary>What a million messages leave behind in their tables, with the server's own settings of autovacuum.</summary>
internal static class BloatBenchmark
{
    private const int Publishers = 4;
    private const int Handlers = 16;
    private const int PerCommit = 250;
    private const int UnderWay = 10_000;
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(int count)
    {
        await using var server = await BenchmarkServer.StartAsync();
        var parcels = new Parcels(count);
        // How soon a commit is on the disk says nothing of a table's size, and the benchmark takes minutes as it is
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.Database.ConnectionString) { Options = "-c synchronous_commit=off" }.ConnectionString);
        using var host = await CafeApplication.StartAsync(
            database,
            options =>
            {
                options.Discovery.IncludeType(typeof(WhenParcelSent));
                options.LocalQueueFor<Parcel>().MaximumParallelMessages(Handlers);
                options.OnException<InvalidOperationException>().MoveToErrorQueue();
            },
            register: services => services.AddSingleton(parcels));

        var start = Stopwatch.GetTimestamp();
        var samples = new List<Sample>();
        using var timer = new PeriodicTimer(Between);
        var publishing = PublishAsync(host.Services, parcels, count);
        while (parcels.Ended < count && await timer.WaitForNextTickAsync())
        {
            await AttendDeadLettersAsync(host.Services.GetRequiredService<IMessageStore>().DeadLetters, parcels);
            samples.Add(await SampleAsync(server, Stopwatch.GetElapsedTime(start), parcels.Ended));
        }

        await publishing;
        // Until autovacuum, which looks every minute, has been there once more
        for (var rest = 0; rest < 14 && await timer.WaitForNextTickAsync(); rest++)
        {
            samples.Add(await SampleAsync(server, Stopwatch.GetElapsedTime(start), parcels.Ended));
        }

        Report(samples);
        await host.StopAsync();
    }

    private static Task PublishAsync(IServiceProvider services, Parcels parcels, int count)
    {
        var published = 0;
        var sessions = services.GetRequiredService<OutboxedSessionFactory<ICafeStore>>();
        return Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                while (Volatile.Read(ref published) - parcels.Ended > UnderWay)
                {
                    await Task.Delay(1);
                }

                var last = Interlocked.Add(ref published, PerCommit);
                if (last > count)
                {
                    return;
                }

                await using var scope = services.CreateAsyncScope();
                var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
                await using var session = sessions.OpenSession(bus);
                for (var number = last - PerCommit; number < last; number++)
                {
                    await bus.PublishAsync(new Parcel(number));
                }

                await session.SaveChangesAsync();
            }
        })));
    }

    private static async Task AttendDeadLettersAsync(IDeadLetters deadLetters, Parcels parcels)
    {
        while (true)
        {
            var page = await deadLetters.QueryAsync(new DeadLetterEnvelopeQuery { PageSize = 500 }, CancellationToken.None);
            if (page.Envelopes.Count == 0)
            {
                return;
            }

            var toReplay = page.Envelopes.Where(letter => Parcels.IsReplayed(((Parcel)letter.Envelope.Message!).Number)).Select(letter => letter.Id).ToArray();
            var toDiscard = page.Envelopes.Select(letter => letter.Id).Except(toReplay).ToArray();
            if (toReplay.Length > 0)
            {
                await deadLetters.ReplayAsync(new DeadLetterEnvelopeQuery(toReplay), CancellationToken.None);
            }

            if (toDiscard.Length > 0)
            {
                await deadLetters.DiscardAsync(new DeadLetterEnvelopeQuery(toDiscard), CancellationToken.None);
                parcels.End(toDiscard.Length);
            }
        }
    }

    private static async Task<Sample> SampleAsync(BenchmarkServer server, TimeSpan elapsed, int ended) => new(
        elapsed, ended, await TableAsync(server, CafeApplication.Envelopes), await TableAsync(server, CafeApplication.DeadLetters));

    // Partitions, if there are any, count with their table
    private static async Task<Table> TableAsync(BenchmarkServer server, string name)
    {
        await using var command = server.Database.CreateCommand(
            $"""
            select sum(pg_table_size(relid))::bigint, sum(pg_indexes_size(relid))::bigint,
                   sum(pg_stat_get_live_tuples(relid))::bigint, sum(pg_stat_get_dead_tuples(relid))::bigint,
                   sum(pg_stat_get_autovacuum_count(relid))::bigint, sum(pg_stat_get_vacuum_count(relid))::bigint
            from (select '{name}'::regclass as relid union select relid from pg_partition_tree('{name}')) parts
            """);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new(
            reader.GetInt64(0) / Megabyte, reader.GetInt64(1) / Megabyte, reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
    }

    private static void Report(List<Sample> samples)
    {
        Console.WriteLine("| s | ended | envelopes: live | dead | heap MB | indexes MB | autovacuums | vacuums | dead letters: live | dead | heap MB | indexes MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        // A minute in which nothing changed is one line
        foreach (var (elapsed, ended, envelopes, letters) in samples.Where((sample, index) =>
            index == 0 || (sample.Envelopes, sample.DeadLetters) != (samples[index - 1].Envelopes, samples[index - 1].DeadLetters)))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {elapsed.TotalSeconds:0} | {ended} | {envelopes.Live} | {envelopes.Dead} | {envelopes.Heap:0.0} | {envelopes.Indexes:0.0} | {envelopes.Autovacuums} | {envelopes.Vacuums} | {letters.Live} | {letters.Dead} | {letters.Heap:0.0} | {letters.Indexes:0.0} |"));
        }

        var highest = samples.MaxBy(sample => sample.Envelopes.Heap + sample.Envelopes.Indexes)!.Envelopes;
        var letterHighest = samples.MaxBy(sample => sample.DeadLetters.Heap + sample.DeadLetters.Indexes)!.DeadLetters;
        var finished = samples.First(sample => sample.Ended == samples[^1].Ended);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{finished.Ended} messages in {finished.Elapsed.TotalSeconds:0} s; highest: envelopes {highest.Heap:0.0} MB and {highest.Indexes:0.0} MB of indexes, dead letters {letterHighest.Heap:0.0} MB and {letterHighest.Indexes:0.0} MB of indexes"));
    }

    private sealed record Sample(TimeSpan Elapsed, int Ended, Table Envelopes, Table DeadLetters);

    private sealed record Table(double Heap, double Indexes, long Live, long Dead, long Autovacuums, long Vacuums);
}
