using System.Collections.Frozen;
using System.Reflection;
using Wolverine.Runtime.Handlers;

namespace Wolverine.Runtime;

/// <summary>All handlers of the application, by message and by queue.</summary>
internal sealed class HandlerGraph
{
    private static readonly FrozenSet<string> MethodNames =
        FrozenSet.ToFrozenSet(["Handle", "HandleAsync", "Handles", "HandlesAsync", "Consume", "ConsumeAsync", "Consumes", "ConsumesAsync"]);

    private readonly FrozenDictionary<Type, HandlerChain[]> byMessage;
    private readonly FrozenDictionary<(string Queue, string WireName), HandlerChain> byAddress;

    public HandlerGraph(WolverineOptions options, ISessionSource? sessions)
    {
        Chains = [.. options.Discovery.HandlerTypes(Assembly.GetEntryAssembly()).SelectMany(type => ChainsOf(type, sessions, options))];
        byMessage = Chains.GroupBy(chain => chain.MessageType).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        foreach (var twice in Chains.GroupBy(chain => (chain.QueueName, chain.WireName)).Where(group => group.Count() > 1))
        {
            throw new InvalidOperationException($"{twice.First().HandlerType.FullName} handles {twice.Key.WireName} more than once.");
        }

        byAddress = Chains.ToFrozenDictionary(chain => (chain.QueueName, chain.WireName));
        CheckBehavior(options);
        foreach (var chain in Chains)
        {
            sessions?.Check(chain);
        }
    }

    public IReadOnlyList<HandlerChain> Chains { get; }

    public IReadOnlyList<HandlerChain> For(Type messageType) => byMessage.GetValueOrDefault(messageType, []);

    public HandlerChain? Find(string queueName, string wireName) => byAddress.GetValueOrDefault((queueName, wireName));

    public static string WireName(Type messageType) => messageType.FullName!;

    private static IEnumerable<HandlerChain> ChainsOf(Type type, ISessionSource? sessions, WolverineOptions options) =>
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)
        where method.DeclaringType != typeof(object) && !method.ContainsGenericParameters && method.GetParameters().Length > 0
        where MethodNames.Contains(method.Name)
        let store = method.GetCustomAttributes().Concat(type.GetCustomAttributes()).OfType<IStoreMarker>().FirstOrDefault()
        select new HandlerChain(
            method, type, store?.StoreType, WireName(method.GetParameters()[0].ParameterType), sessions, options);

    private void CheckBehavior(WolverineOptions options)
    {
        var shared = byMessage.FirstOrDefault(pair => pair.Value.Length > 1);
        if (shared.Key is not null && options.MultipleHandlerBehavior != MultipleHandlerBehavior.Separated)
        {
            throw new NotSupportedException(
                $"{shared.Key.FullName} has several handlers: set {nameof(WolverineOptions.MultipleHandlerBehavior)} to {nameof(MultipleHandlerBehavior.Separated)}.");
        }
    }
}
