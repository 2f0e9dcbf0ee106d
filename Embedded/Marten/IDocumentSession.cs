using System.Linq.Expressions;

namespace Marten;

/// <summary>Collects what is to be written; nothing happens before SaveChangesAsync.</summary>
public interface IDocumentOperations : IQuerySession
{
    void Delete<T>(T entity) where T : notnull;
    void Delete<T>(Guid id) where T : notnull;
    void Delete<T>(string id) where T : notnull;

    void DeleteWhere<T>(Expression<Func<T, bool>> expression) where T : notnull;

    void Insert<T>(IEnumerable<T> entities) where T : notnull;
    void Insert<T>(params T[] entities) where T : notnull;

    /// <summary>Runs with the commit; question marks stand for the parameters.</summary>
    void QueueSqlCommand(string sql, params object[] parameterValues);

    void Store<T>(IEnumerable<T> entities) where T : notnull;
    void Store<T>(params T[] entities) where T : notnull;

    void Update<T>(IEnumerable<T> entities) where T : notnull;
    void Update<T>(params T[] entities) where T : notnull;

    /// <summary>Stores the document as this revision; refused when the stored one is as high or higher.</summary>
    void UpdateRevision<T>(T entity, long revision) where T : notnull;
}

/// <summary>A unit of work.</summary>
public interface IDocumentSession : IDocumentOperations
{
    /// <summary>Forgets what is not saved, so that the session can go on after a commit that failed.</summary>
    void EjectAllPendingChanges();

    /// <summary>Writes everything in one transaction and one round trip.</summary>
    Task SaveChangesAsync(CancellationToken token = default);
}
