using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Wolverine.Configuration;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;
using Wolverine.Transports;
using Wolverine.Transports.Local;

namespace Wolverine;

/// <summary>Rules that hold for all queues and handlers.</summary>
public interface IPolicies : IWithFailurePolicies
{
    /// <summary>Commits the session a handler takes once it has returned.</summary>
    void AutoApplyTransactions();

    /// <summary>Calls the type's static <c>Before</c> ahead of each handler that the filter lets pass.</summary>
    void AddMiddleware(Type middlewareType, Func<HandlerChain, bool>? filter = default);

    /// <summary>Always so on this stack: every queue is durable.</summary>
    void UseDurableLocalQueues();
}

/// <summary>Everything an application may say about its messages.</summary>
public class WolverineOptions : IPolicies
{
    private readonly Dictionary<Type, LocalQueue> queuesByMessage = [];
    private readonly List<FailureRule> failureRules = [];
    private readonly List<(Type Type, Func<HandlerChain, bool>? Filter)> middleware = [];

    public HandlerDiscovery Discovery { get; } = new();

    /// <summary>Whether messages carry the user name of the context that publishes them.</summary>
    public bool EnableRelayOfUserName { get; set; }

    public DurabilitySettings Durability { get; } = new();

    public MultipleHandlerBehavior MultipleHandlerBehavior { get; set; }

    public IPolicies Policies => this;

    public string ServiceName { get; set; } = Assembly.GetEntryAssembly()?.GetName().Name ?? "WolverineApp";

    List<FailureRule> IWithFailurePolicies.FailureRules => failureRules;

    internal IReadOnlyList<FailureRule> Failures => failureRules;

    internal bool CommitsSessions { get; private set; }

    /// <summary>Where the message tables are; the first integrated document store when nothing was said.</summary>
    internal Func<NpgsqlDataSource>? MessageDatabase { get; set; }

    internal JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public void Include(IWolverineExtension extension) => extension.Configure(this);

    public void Include<T>(Action<T>? configure = default) where T : IWolverineExtension, new()
    {
        var extension = new T();
        configure?.Invoke(extension);
        extension.Configure(this);
    }

    /// <summary>The queues of every handler of this message.</summary>
    public LocalQueueConfiguration LocalQueueFor<T>() => LocalQueueFor(typeof(T));

    public LocalQueueConfiguration LocalQueueFor(Type messageType)
    {
        if (!queuesByMessage.TryGetValue(messageType, out var queue))
        {
            queuesByMessage[messageType] = queue = new LocalQueue(messageType.FullName!);
        }

        return new LocalQueueConfiguration(queue);
    }

    public void UseSystemTextJsonForSerialization(Action<JsonSerializerOptions>? configuration = default) => configuration?.Invoke(Json);

    void IPolicies.AutoApplyTransactions() => CommitsSessions = true;

    void IPolicies.AddMiddleware(Type middlewareType, Func<HandlerChain, bool>? filter) => middleware.Add((middlewareType, filter));

    void IPolicies.UseDurableLocalQueues()
    {
    }

    internal IEnumerable<Type> MiddlewareOf(HandlerChain chain) =>
        middleware.Where(one => one.Filter is null || one.Filter(chain)).Select(one => one.Type);

    internal (int Parallelism, BufferingLimits Limits) SettingsOf(IEnumerable<Type> messageTypes)
    {
        var settings = messageTypes.Select(type => queuesByMessage.GetValueOrDefault(type)).OfType<LocalQueue>().ToList();
        return (
            settings.Select(queue => queue.MaxDegreeOfParallelism).FirstOrDefault(value => value is not null) ?? Environment.ProcessorCount,
            settings.Select(queue => queue.BufferingLimits).FirstOrDefault(value => value is not null) ?? new BufferingLimits(1000, 500));
    }
}
