using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
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

/// <summary>Starts and stops the handling of messages with the host, and routes what is published.</summary>
internal sealed class WolverineRuntime : IWolverineRuntime, IHostedLifecycleService, IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource aborting = new();
    private readonly Lazy<PostgresqlMessageStore> store;
    private readonly ConcurrentDictionary<Type, bool> unheard = new();
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
        Pipeline = new HandlerPipeline(this, services.GetRequiredService<IServiceScopeFactory>(), time, logger);
        Agent = new DurabilityAgent(this, time, logger);
        Telemetry = new Telemetry(options.ServiceName, () => Agent.Counts);
        store = new Lazy<PostgresqlMessageStore>(() => new PostgresqlMessageStore(this, FindDatabase()));
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

    internal HandlerPipeline Pipeline { get; }

    internal DurabilityAgent Agent { get; }

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
        var drained = Queues.DrainAsync();
        var limit = Task.Delay(Options.Durability.DrainTimeout, time, cancellationToken);
        if (await Task.WhenAny(drained, limit) != drained)
        {
            logger.LogWarning("Handlers still running are stopped; their messages go back to the table");
        }

        await aborting.CancelAsync();
        try
        {
            await Agent.StopAsync(orderly: true, cancellationToken);
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
        await Agent.StopAsync(orderly: false, CancellationToken.None);
        Telemetry.Dispose();
        if (store.IsValueCreated)
        {
            await store.Value.DisposeAsync();
        }
    }

    /// <summary>One envelope per handler.</summary>
    internal IReadOnlyList<Envelope> Route(object message, DeliveryOptions? options, MessageBus bus)
    {
        var type = message.GetType();
        var chains = Handlers.For(type);
        if (chains.Count == 0)
        {
            if (unheard.TryAdd(type, true))
            {
                logger.LogInformation("Nobody handles {MessageType}", type.FullName);
            }

            Tracker.Record(MessageEventType.NoRoutes, new Envelope(message) { MessageType = HandlerGraph.WireName(type) });
            return [];
        }

        var now = Clock.Now;
        var due = options?.ScheduledTime ?? (options?.ScheduleDelay is { } delay ? now + delay : null);
        var data = JsonSerializer.SerializeToUtf8Bytes(message, type, Options.Json);
        var envelopes = new List<Envelope>(chains.Count);
        foreach (var chain in chains)
        {
            var envelope = new Envelope(message)
            {
                MessageType = chain.WireName,
                Destination = chain.Destination,
                EndpointName = chain.QueueName,
                CorrelationId = options?.CorrelationId ?? bus.CorrelationId,
                ConversationId = bus.Envelope is { } parent ? parent.ConversationId == Guid.Empty ? parent.Id : parent.ConversationId : Guid.Empty,
                Data = data,
                SentAt = now,
                DeliverBy = options?.DeliverBy,
                Source = Options.ServiceName,
                ScheduledTime = due > now ? due : null,
                Status = due > now ? EnvelopeStatus.Scheduled : EnvelopeStatus.Incoming
            };
            using var activity = Telemetry.StartSending(envelope);
            envelope.ParentId = Activity.Current?.Id;
            envelope.Body = EnvelopeSerializer.Serialize(envelope);
            envelopes.Add(envelope);
        }

        return envelopes;
    }

    /// <summary>After a commit: what is ours goes to its queue, the rest is looked after by the agent.</summary>
    internal void Dispatch(IReadOnlyList<Envelope> committed)
    {
        foreach (var envelope in committed)
        {
            Telemetry.Sent(envelope);
            Tracker.Record(envelope.Status == EnvelopeStatus.Scheduled ? MessageEventType.Scheduled : MessageEventType.Sent, envelope);
        }

        foreach (var envelope in committed)
        {
            if (envelope.Status == EnvelopeStatus.Scheduled)
            {
                Agent.WakeAt(envelope.ScheduledTime!.Value);
            }
            else if (envelope.OwnerId != 0)
            {
                Queues.Accept(envelope);
            }
            else if (Queues.Find(envelope.Destination) is { } queue)
            {
                queue.Park();
                if (queue.Starving)
                {
                    Agent.Nudge();
                }
            }
        }
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

    private NpgsqlDataSource FindDatabase()
    {
        var stores = Services.GetServices<IIntegratedStore>().ToList();
        var database = Options.MessageDatabase?.Invoke() ?? stores.FirstOrDefault()?.Database
            ?? throw new InvalidOperationException("No message database: integrate a document store, or include MartenIntegration with a data source.");
        foreach (var stray in stores.Where(candidate => Place(candidate.Database) != Place(database)))
        {
            throw new InvalidOperationException($"{stray.Name} is in another database than the messages, so they could not be committed together.");
        }

        return database;
    }

    private static (string? Host, int Port, string? Database) Place(NpgsqlDataSource source)
    {
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return (settings.Host, settings.Port, settings.Database);
    }
}
