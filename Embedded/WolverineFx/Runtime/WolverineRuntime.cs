using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine.Persistence.Durability;
using Wolverine.Postgresql;
using Wolverine.Runtime.Serialization;
using Wolverine.Tracking;

namespace Wolverine.Runtime;

/// <summary>The running application, as extensions see it.</summary>
public interface IWolverineRuntime
{
    WolverineOptions Options { get; }

    IServiceProvider Services { get; }

    IMessageStore Storage { get; }
}

/// <summary>Starts and stops the handling of messages with the host.</summary>
internal sealed class WolverineRuntime : IWolverineRuntime, IHostedLifecycleService, IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource aborting = new();
    private readonly Lazy<PostgresqlMessageStore> store;
    private bool stopped;

    public WolverineRuntime(WolverineOptions options, IServiceProvider services)
    {
        Options = options;
        Services = services;
        foreach (var extension in services.GetServices<IWolverineExtension>())
        {
            extension.Configure(options);
        }

        time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Wolverine");
        Sessions = services.GetService<ISessionSource>();
        Handlers = new HandlerGraph(options, Sessions);
        Clock = new ServerClock(time);
        Queues = new LocalQueues(this);
        Router = new MessageRouter(this, logger);
        Executor = new HandlerExecutor(this, services.GetRequiredService<IServiceScopeFactory>(), time);
        Pipeline = new HandlerPipeline(this, Executor, time, logger);
        Completions = new Completions(this, time, logger);
        Agent = new DurabilityAgent(this, time, logger);
        Upkeep = new TableUpkeep(this, logger);
        Telemetry = new Telemetry(options.ServiceName, () => Upkeep.Counts);
        store = new Lazy<PostgresqlMessageStore>(() => new PostgresqlMessageStore(this, MessageDatabase.Of(options, services)));
    }

    public CancellationToken Cancellation => aborting.Token;

    /// <summary>Set from the first sign of the end: what runs may finish, but nothing is waited for.</summary>
    internal CancellationToken Stopping => stopping.Token;

    public WolverineOptions Options { get; }

    public IServiceProvider Services { get; }

    public IMessageStore Storage => Store;

    internal PostgresqlMessageStore Store => store.Value;

    internal ISessionSource? Sessions { get; }

    internal HandlerGraph Handlers { get; }

    internal LocalQueues Queues { get; }

    internal MessageRouter Router { get; }

    internal HandlerExecutor Executor { get; }

    internal HandlerPipeline Pipeline { get; }

    internal Completions Completions { get; }

    internal DurabilityAgent Agent { get; }

    internal TableUpkeep Upkeep { get; }

    internal ServerClock Clock { get; }

    internal Telemetry Telemetry { get; }

    internal MessageTracker Tracker { get; } = new();

    /// <summary>0 while this node takes no messages: they then wait in the table.</summary>
    internal int NodeNumber => stopping.IsCancellationRequested ? 0 : Agent.NodeNumber;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Store.Tables.CreateAsync(Store.Database, cancellationToken);
            await Agent.RegisterAsync(cancellationToken);
        }
        catch (PostgresException refused) when (Store.Tables.Explain(refused) is { } explanation)
        {
            throw explanation;
        }

    }

    /// <summary>Handlers run only once everything else has started, the document tables among it.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Queues.Start(stopping.Token);
        Agent.Start(stopping.Token);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => stopping.CancelAsync();

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        await stopping.CancelAsync();
        var drained = DrainAsync();
        var limit = Task.Delay(Options.Durability.DrainTimeout, time, cancellationToken);
        if (await Task.WhenAny(drained, limit) != drained)
        {
            logger.LogWarning("Handlers still running are stopped; their messages go back to the table");
        }

        await aborting.CancelAsync();
        try
        {
            await Agent.StopAsync(orderly: true);
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or OperationCanceledException)
        {
            logger.LogWarning("Messages in hand stay with this node until another takes over: {Fault}", fault.Message);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await aborting.CancelAsync();
        await Agent.StopAsync(orderly: false);
        Telemetry.Dispose();
        if (store.IsValueCreated)
        {
            await store.Value.DisposeAsync();
        }
    }

    private async Task DrainAsync()
    {
        await Queues.DrainAsync();
        await Completions.Drained;
    }

    /// <summary>Handles scheduled envelopes before their time.</summary>
    internal async Task<IReadOnlyList<Envelope>> ClaimScheduledAsync(Guid[] ids) =>
        await Store.ClaimScheduledAsync(ids, NodeNumber, CancellationToken.None);

    internal bool TryReadBody(Envelope envelope)
    {
        try
        {
            var chain = Handlers.Chains.FirstOrDefault(candidate => candidate.WireName == envelope.MessageType);
            EnvelopeSerializer.Read(envelope, chain?.MessageType, Options.Json);
            return true;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return false;
        }
    }
}
