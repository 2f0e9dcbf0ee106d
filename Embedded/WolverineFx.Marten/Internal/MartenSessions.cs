using System.Collections.Concurrent;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wolverine.Marten.Publishing;
using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;

namespace Wolverine.Marten.Internal;

/// <summary>Gives message handlers the outboxed session of the store that their attribute names (published: generated code).</summary>
internal sealed class MartenSessions(IServiceProvider services) : ISessionSource
{
    private readonly ConcurrentDictionary<Type, OutboxedSessionFactory> factories = new();

    public bool Provides(Type parameterType) => parameterType == typeof(IDocumentSession) || parameterType == typeof(IQuerySession) || parameterType == typeof(IDocumentOperations);

    public void Check(HandlerChain chain)
    {
        if (!chain.NeedsSession)
        {
            return;
        }

        if (chain.StoreType is null)
        {
            throw new InvalidOperationException($"{chain.HandlerType.FullName} takes a session but names no store: add [MartenStore].");
        }

        if (services.GetService<IServiceProviderIsService>()?.IsService(FactoryOf(chain.StoreType)) is false)
        {
            throw new InvalidOperationException($"{chain.HandlerType.FullName} works on {chain.StoreType.FullName}, which is not integrated with Wolverine.");
        }
    }

    public IHandlerSession Open(MessageContext context, Type? storeType) => new HandlerSession(
        factories.GetOrAdd(storeType!, store => (OutboxedSessionFactory)services.GetRequiredService(FactoryOf(store))).OpenSession(context));

    private static Type FactoryOf(Type storeType) => typeof(OutboxedSessionFactory<>).MakeGenericType(storeType);

    private sealed class HandlerSession(IDocumentSession session) : IHandlerSession
    {
        public object Session => session;

        public Task SaveChangesAsync(CancellationToken token) => session.SaveChangesAsync(token);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}

/// <summary>A store whose sessions carry envelopes.</summary>
internal sealed class IntegratedStore<T>(T store) : IIntegratedStore
    where T : IDocumentStore
{
    public string Name => typeof(T).Name;

    public NpgsqlDataSource Database => ((DocumentStore)(IDocumentStore)store).DataSource;
}
