using Marten.Linq;

namespace Marten;

/// <summary>Reads documents.</summary>
public interface IQuerySession : IDisposable, IAsyncDisposable
{
    Task<bool> CheckExistsAsync<T>(string id, CancellationToken token = default) where T : notnull;
    Task<bool> CheckExistsAsync<T>(Guid id, CancellationToken token = default) where T : notnull;

    Task<T?> LoadAsync<T>(string id, CancellationToken token = default) where T : notnull;
    Task<T?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(params string[] ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<string> ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(params Guid[] ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<Guid> ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params string[] ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<string> ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params Guid[] ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<Guid> ids) where T : notnull;

    IMartenQueryable<T> Query<T>() where T : notnull;
}
