using JasperFx;
using Marten;
using Marten.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wolverine;
using Wolverine.Marten.Publishing;

namespace MilleCafes.Shared;

/// <summary>A module's unit of work: what the holder may see, and documents, messages and audit committed in one transaction, or not at all.</summary>
/// <remarks>The only place that opens an outboxed session and publishes: elsewhere a message would escape the outbox.</remarks>
public sealed partial class ModuleSession<TStore> : IAsyncDisposable
    where TStore : class, IDocumentStore
{
    // A bus of its own: two modules' sessions in one request must not carry one another's messages
    private readonly AsyncServiceScope scope;
    private readonly IMessageContext bus;
    private readonly IDocumentSession session;
    private readonly RequestGuard guard;
    private readonly CommitMark mark;
    private readonly CurrentActor actor;
    private readonly TimeProvider time;

    public ModuleSession(OutboxedSessionFactory<TStore> sessions, IServiceScopeFactory scopes, CurrentActor actor, Antennes antennes, CommitMark mark, TimeProvider time)
    {
        guard = new(actor, antennes, time);
        (this.mark, this.actor, this.time) = (mark, actor, time);
        scope = scopes.CreateAsyncScope();
        bus = scope.ServiceProvider.GetRequiredService<IMessageContext>();
        if (actor.Origin is { } origin)
        {
            // What comes of these messages is audited as this client's doing, in this trace
            (bus.UserName, bus.CorrelationId) = (origin.Behalf, origin.TraceId);
        }

        session = sessions.OpenSession(bus);
    }

    /// <summary>The document, unless it is not there, has ended, or is not the holder's to see.</summary>
    public async Task<T?> LoadAsync<T>(Guid id, CancellationToken token)
        where T : Document, IVisible<T>
    {
        var document = await FindAsync<T>(id, token);
        if (document is null or { DeletedAt: not null })
        {
            return null;
        }

        guard.Loaded(document);
        return document;
    }

    /// <summary>A document that has ended, when it was the holder's to see.</summary>
    public async Task<T?> LoadEndedAsync<T>(Guid id, CancellationToken token)
        where T : Document, IVisible<T> => await FindAsync<T>(id, token) is { DeletedAt: not null } ended ? ended : null;

    /// <summary>The documents that are the holder's to see.</summary>
    /// <param name="list">The list they are for; one that keeps a copy in step hears of those that have ended too.</param>
    public IQueryable<T> Query<T>(IListRequest? list = null)
        where T : Document, IVisible<T>
    {
        IQueryable<T> documents = session.Query<T>();
        documents = list?.UpdatedSince is null ? documents.Where(document => document.DeletedAt == null) : documents;
        return guard.VisibleTo<T>() is { } visible ? documents.Where(visible) : documents;
    }

    /// <summary>Stores a new document; the commit is refused when the holder could not see it afterwards.</summary>
    public void Insert<T>(T document)
        where T : Document, IVisible<T>
    {
        guard.Write(document, created: true);
        session.Insert(document);
    }

    /// <summary>Stores the next state; the commit is refused when somebody else has stored one since this one was loaded, or the holder's « If-Match » is another.</summary>
    /// <returns>Whether it is another state than the one that was loaded; if not, nothing is stored.</returns>
    public bool Update<T>(T document)
        where T : Document, IVisible<T>
    {
        if (!guard.Write(document, created: false))
        {
            return false;
        }

        session.UpdateNext(document);
        return true;
    }

    /// <summary>Has the commit rest on this state of a document that it does not change: of two acts that read it at once, one of which changes it or claims it too, the later is refused.</summary>
    public void Claim<T>(T document)
        where T : Document, IVisible<T> => session.UpdateNext(document);

    /// <summary>Lets the holder write to this document of another antenne, which has asked them to.</summary>
    public void LetWrite<T>(T document)
        where T : Document, IVisible<T> => guard.LetWrite(document);

    public ValueTask PublishAsync<T>(T message)
        where T : notnull => bus.PublishAsync(message);

    /// <summary>Commits and answers, or only answers when every update leaves things as they are; a clash becomes a refusal, <paramref name="onDuplicate"/> when an id or a unique index is taken.</summary>
    public async Task<Result<T>> CommitAsync<T>(T answer, CancellationToken token, Error? onDuplicate = null)
    {
        if (guard.Refusal is not null || guard.ChangesNothing)
        {
            return guard.Refusal is { } refusal ? refusal : answer;
        }

        guard.AppendTo(session);
        mark.AppendTo(session);
        try
        {
            await session.SaveChangesAsync(token);
            return answer;
        }
        // Two acts that each wait for what the other has written have met too
        catch (Exception exception) when (exception is ConcurrencyException or MartenCommandException { InnerException: PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } })
        {
            return guard.Clash;
        }
        catch (Exception exception) when (exception is DocumentAlreadyExistsException
            or MartenCommandException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } })
        {
            return onDuplicate ?? CommonErrors.AlreadyExists;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await scope.DisposeAsync();
    }

    private async Task<T?> FindAsync<T>(Guid id, CancellationToken token)
        where T : Document, IVisible<T> => guard.VisibleTo<T>() is { } visible
            ? await session.Query<T>().Where(visible).Where(one => one.Id == id).SingleOrDefaultAsync(token)
            : await session.LoadAsync<T>(id, token);
}
