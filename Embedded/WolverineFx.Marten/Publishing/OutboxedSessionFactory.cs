using Marten;
using Marten.Internal;
using Npgsql;
using Wolverine.Runtime;

namespace Wolverine.Marten.Publishing;

/// <summary>Opens sessions that commit what their bus publishes together with their documents.</summary>
public class OutboxedSessionFactory
{
    private readonly WolverineRuntime runtime;
    private readonly IDocumentStore store;

    internal OutboxedSessionFactory(IWolverineRuntime runtime, IDocumentStore store) => (this.runtime, this.store) = ((WolverineRuntime)runtime, store);

    public IDocumentSession OpenSession(MessageContext context) => Enlist(context);

    public IDocumentSession OpenSession(IMessageBus bus) =>
        bus is MessageBus known ? Enlist(known) : throw new ArgumentException($"{bus.GetType().FullName} is not a bus of this application.", nameof(bus));

    public IQuerySession QuerySession(MessageContext context) => store.QuerySession();

    public IQuerySession QuerySession(IMessageContext context) => store.QuerySession();

    private IDocumentSession Enlist(MessageBus bus)
    {
        var session = store.LightweightSession();
        // A handler's sessions all join the transaction of its envelope; elsewhere a bus belongs to the session opened last,
        // so that what an abandoned session has published never leaves with the next one
        if (bus.Envelope is null || bus.Transaction is null)
        {
            bus.Transaction = new EnvelopeTransaction(runtime);
        }

        ((IEnlistableSession)session).Enlist(new Outbox(bus.Transaction));
        return session;
    }

    /// <summary>Joins the envelopes of a bus to a session's commit.</summary>
    private sealed class Outbox(EnvelopeTransaction transaction) : ICommitParticipant
    {
        public void AppendTo(NpgsqlBatch batch) => transaction.AppendTo(batch);

        public Exception? Explain(PostgresException failure) => transaction.Explain(failure);

        public ValueTask AfterCommitAsync(CancellationToken token)
        {
            transaction.AfterCommit();
            return ValueTask.CompletedTask;
        }

        public void Abandon() => transaction.Abandon();
    }
}

/// <summary>Opens outboxed sessions of one store.</summary>
public class OutboxedSessionFactory<T>(IWolverineRuntime runtime, T store) : OutboxedSessionFactory(runtime, store)
    where T : IDocumentStore
{
    private readonly T ownStore = store;

    /// <summary>A session that publishes nothing.</summary>
    public IDocumentSession OpenSession() => ownStore.LightweightSession();

    public IQuerySession QuerySession() => ownStore.QuerySession();
}
