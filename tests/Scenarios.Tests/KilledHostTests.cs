using System.Collections.Concurrent;
using System.Globalization;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using MilleCafes.Tour;
using Npgsql;

namespace MilleCafes.Scenarios.Tests;

/// <summary>A host that dies at any moment, again and again, loses nothing and does nothing twice.</summary>
public sealed class KilledHostTests(MilleCafesHost neighbour)
{
    private const int Kills = 6;
    private const int Workers = 4;
    private const int LongestLife = 100;
    private const string Undone = "select count(*) from wolverine.wolverine_incoming_envelopes";
    private const string Unsent = "select count(*) from webhooks.mt_doc_webhookdelivery where data ->> 'status' = 'Pending'";
    private const string Sent = "select count(*) from webhooks.mt_doc_webhookdelivery where data ->> 'status' = 'Delivered'";
    private const string Accepted = "select id from recruitment.mt_doc_communecandidature where data ->> 'status' = 'Accepted' order by 1";
    private const string Projects = "select (data ->> 'candidatureId')::uuid from accompaniment.mt_doc_cafeproject order by 1";
    private const string Events = "select ((data -> 'body' ->> 'full')::jsonb -> 'data' ->> 'candidatureId')::uuid from webhooks.mt_doc_webhookevent where data ->> 'type' = '{0}' order by 1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> communes = new(CommuneRegistry.Official.Communes
        .Where(commune => commune is { Departement: "80", Eligible: true, Population: > 0 }).Select(commune => commune.InseeCode));

    private readonly ConcurrentBag<Guid> answered = [];

    [Fact]
    public async Task A_host_killed_six_times_opens_one_project_and_sends_one_event_for_each_acceptance()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MILLECAFES_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"MILLECAFES_SEED={seed}");
        var random = new Random(seed);
        var connection = await neighbour.CreateDatabaseAsync();
        await using var receiver = await Receiver.StartAsync(TimeProvider.System, Token);
        await using var database = NpgsqlDataSource.Create(connection);
        string? key = null;
        List<long> left = [];
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var mortal = Start(connection);
            var url = await mortal.AddressAsync(Token);
            key ??= await SubscribeAsync(mortal, url, receiver);
            await WorkUntilKilledAsync(mortal, url, key, steps: random.Next(1, LongestLife), spins: random.Next(200_000));
            left.Add(await database.ValueAsync<long>(Undone));
        }

        using var survivor = Start(connection);
        await survivor.AddressAsync(Token);
        await Eventually.True(
            async () => await database.ValueAsync<long>(Undone) == 0 && await database.ValueAsync<long>(Unsent) == 0, Patience);

        var accepted = await database.ListAsync<Guid>(Accepted);
        TestContext.Current.TestOutputHelper?.WriteLine($"{answered.Count} acceptances answered, {accepted.Count} stored, messages left by each kill: {string.Join(", ", left)}");
        Assert.NotEmpty(answered);
        // Otherwise there was nothing to recover, and the rest proves nothing
        Assert.NotEqual(0, left.Sum());
        Assert.Equal(accepted.Count * Journey.EventTypes.Count, await database.ValueAsync<long>(Sent));
        Assert.Empty(answered.Except(accepted));
        Assert.Equal(accepted, await database.ListAsync<Guid>(Projects));
        foreach (var type in Journey.EventTypes)
        {
            Assert.Equal(accepted, await database.ListAsync<Guid>(string.Format(CultureInfo.InvariantCulture, Events, type)));
            await Task.WhenAll(accepted.Select(id => receiver.ArrivalOf(new(type, id)))).WaitAsync(Patience, Token);
        }

        Assert.Equal(0, receiver.Refused);
        Assert.Equal(0L, await database.ValueAsync<long>("select count(*) from wolverine.wolverine_dead_letters"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static HostProcess Start(string connection) => HostProcess.Start("--port", "0", "--connection", connection, "--Webhooks:AllowLoopback=true");

    private static async Task<string> SubscribeAsync(HostProcess host, Uri url, Receiver receiver)
    {
        await Eventually.True(() => Task.FromResult(AdministratorKeys.In(host.Output) is not null), Patience);
        var key = AdministratorKeys.In(host.Output)!;
        using var partner = new Partner(url, key, "en");
        var subscription = await partner.SubscribeAsync(receiver.Address, Journey.EventTypes, Token);
        receiver.Trust(subscription.Secret!);
        return key;
    }

    /// <summary>Several clerks submit and accept candidatures; after so many of their steps, the host is killed under their hands.</summary>
    private async Task WorkUntilKilledAsync(HostProcess host, Uri url, string key, int steps, int spins)
    {
        using var http = Clients.Of(url, key);
        var killed = new TaskCompletionSource();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)));
        await killed.Task;

        async Task WorkAsync()
        {
            try
            {
                while (!killed.Task.IsCompleted && communes.TryDequeue(out var code))
                {
                    Step();
                    var id = await http.SubmittedAsync(Letters.Letter(code));
                    Step();
                    await http.DoneAsync(id, "acceptance");
                    answered.Add(id);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException && steps <= 0)
            {
                // What was in flight when the host died may or may not have been done; what was answered has
            }
        }

        void Step()
        {
            if (Interlocked.Decrement(ref steps) == 0)
            {
                _ = Task.Run(async () =>
                {
                    // A few milliseconds, so that death comes at any point of the work, not between requests only
                    Thread.SpinWait(spins);
                    await host.KillAsync(CancellationToken.None);
                    killed.SetResult();
                });
            }
        }
    }
}
