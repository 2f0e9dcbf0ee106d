using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MilleCafes.Stack.Conformance.Tests.Documents;
using Npgsql;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Marten.Publishing;
using Wolverine.Persistence.Durability;
using Wolverine.Tracking;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>The database of one test: schemas of its own, and as many nodes on them as it takes.</summary>
public sealed class Post(ThrowawayServer server, string? schema = null, string? database = null)
{
    private static int _count;

    public string Schema { get; } = schema ?? $"messages_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";

    public Script Script { get; } = new();

    public string ConnectionString { get; } = database is null
        ? server.ConnectionString
        : new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ConnectionString;

    public string Envelopes => $"{Schema}_bus.wolverine_incoming_envelopes";

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public Task<long> CountAsync(string sql) => ScalarAsync<long>($"select count(*) from {sql}");

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A database that no other test has a transaction in.</summary>
    public async Task<Post> AloneAsync()
    {
        await ExecuteAsync($"create database {Schema}");
        return new Post(server, Schema, Schema);
    }

    /// <summary>Envelopes that somebody still has to handle.</summary>
    public Task<long> WaitingAsync() => CountAsync($"{Envelopes} where status in ('Incoming', 'Scheduled')");

    /// <summary>A node that is not started, with a connection pool of its own name.</summary>
    public Node Build(Action<WolverineOptions> configure, string? user = null, string? through = null)
    {
        var name = $"{Schema}_{Interlocked.Increment(ref _count)}";
        var connection = new NpgsqlConnectionStringBuilder(through ?? ConnectionString) { ApplicationName = name, NoResetOnClose = true };
        connection.Username = user ?? connection.Username;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton(Script);
        builder.Services.AddMartenStore<ITestStore>(options => Configure(options, Schema)).ApplyAllDatabaseChangesOnStartup().IntegrateWithWolverine();
        builder.Services.AddMartenStore<IOtherStore>(options => Configure(options, Schema + "_other")).ApplyAllDatabaseChangesOnStartup().IntegrateWithWolverine();
        var database = NpgsqlDataSource.Create(connection);
        builder.UseWolverine(options =>
        {
            options.Durability.MessageStorageSchemaName = Schema + "_bus";
            options.Durability.ScheduledJobPollingTime = TimeSpan.FromMilliseconds(200);
            options.Durability.HealthCheckPollingTime = TimeSpan.FromMilliseconds(200);
            options.Include<MartenIntegration>(integration => integration.MasterDataSource = database);
            options.MultipleHandlerBehavior = MultipleHandlerBehavior.Separated;
            options.Policies.UseDurableLocalQueues();
            options.Policies.AutoApplyTransactions();
            options.Discovery.DisableConventionalDiscovery();
            configure(options);
        });
        return new Node(builder.Build(), database, this, name);

        void Configure(StoreOptions options, string schema)
        {
            options.Connection(connection.ConnectionString);
            options.DatabaseSchemaName = schema;
            options.Schema.For<Trace>();
        }
    }

    public async Task<Node> StartAsync(Action<WolverineOptions> configure, string? user = null, string? through = null)
    {
        var node = Build(configure, user, through);
        await node.Host.StartAsync();
        return node;
    }
}

/// <summary>One application among those that share a test's database.</summary>
public sealed class Node(IHost host, NpgsqlDataSource database, Post post, string name) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public IHost Host => host;

    public IDeadLetters DeadLetters => host.Services.GetRequiredService<IMessageStore>().DeadLetters;

    public OutboxedSessionFactory<ITestStore> Sessions => host.Services.GetRequiredService<OutboxedSessionFactory<ITestStore>>();

    /// <summary>Returns when all that the action sent, and all that came of it, is done.</summary>
    public Task<ITrackedSession> TrackAsync(Func<IMessageContext, Task> action, params ITrackedCondition[] until) =>
        Tracking(until).ExecuteAndWaitAsync(action);

    public Task<ITrackedSession> TrackAsync(object message, params ITrackedCondition[] until) =>
        TrackAsync(context => context.PublishAsync(message).AsTask(), until);

    public async Task<IReadOnlyList<Trace>> TracesAsync(Guid of)
    {
        await using var here = host.Services.GetRequiredService<ITestStore>().QuerySession();
        await using var there = host.Services.GetRequiredService<IOtherStore>().QuerySession();
        return
        [
            .. await here.Query<Trace>().Where(trace => trace.Of == of).ToListAsync(),
            .. await there.Query<Trace>().Where(trace => trace.Of == of).ToListAsync(),
        ];
    }

    /// <summary>Cuts every connection of this node, as a failing network would.</summary>
    public Task CutAsync() => post.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{name}'");

    /// <summary>The port on which the server sees the connection whose lock says that this node lives.</summary>
    public Task<int> LockPortAsync() => post.ScalarAsync<int>(
        $"""
        select activity.client_port from pg_stat_activity activity join pg_locks held on held.pid = activity.pid
        where held.locktype = 'advisory' and activity.application_name = '{name}'
        """);

    /// <summary>Takes a connection out of the pool that this node's messages are written through.</summary>
    public ValueTask<NpgsqlConnection> OpenConnectionAsync() => database.OpenConnectionAsync();

    /// <summary>Stops in an orderly way, as at Ctrl-C.</summary>
    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        await database.DisposeAsync();
    }

    private TrackedSessionConfiguration Tracking(ITrackedCondition[] until)
    {
        var configuration = host.TrackActivity(Patience).DoNotAssertOnExceptionsDetected();
        foreach (var condition in until)
        {
            configuration.WaitForCondition(condition);
        }

        return configuration;
    }
}

/// <summary>Met when so many things of a kind have happened.</summary>
public sealed class Seen(MessageEventType type, int count = 1) : ITrackedCondition
{
    private int seen;

    public void Record(EnvelopeRecord record)
    {
        if (record.MessageEventType == type)
        {
            Interlocked.Increment(ref seen);
        }
    }

    public bool IsCompleted() => Volatile.Read(ref seen) >= count;

    public override string ToString() => $"{count} × {type}, of which {seen} came";
}
