using JasperFx;
using Marten;
using Marten.Exceptions;
using MilleCafes.Shared;
using Npgsql;

namespace MilleCafes.Recruitment;

/// <summary>Changes however many documents, some at once, each portion in a transaction of its own.</summary>
internal static class Portions
{
    private const int AtOnce = 200;
    private const int MostLost = 20;

    /// <param name="which">Those that are to be changed, found by an index; one that was changed is no longer among them.</param>
    /// <param name="change">What is there, and what is to be.</param>
    /// <param name="along">Stores what goes along with those that were changed.</param>
    public static Task ChangeAllAsync<T>(
        this IDocumentStore store, Func<IQuerySession, IQueryable<T>> which, Func<T, (T Before, T After)> change, CancellationToken token, Func<IDocumentSession, IReadOnlyList<T>, Task>? along = null)
        where T : Document => store.ChangeAllAsync(which, (_, document) => Task.FromResult(change(document)), token, along);

    /// <summary>The same, where what is to be follows from other documents too.</summary>
    public static async Task ChangeAllAsync<T>(
        this IDocumentStore store, Func<IQuerySession, IQueryable<T>> which, Func<IQuerySession, T, Task<(T Before, T After)>> change, CancellationToken token,
        Func<IDocumentSession, IReadOnlyList<T>, Task>? along = null)
        where T : Document
    {
        for (var (left, lost) = (true, 0); left;)
        {
            await using var session = store.LightweightSession();
            var found = await which(session).Take(AtOnce).ToListAsync(token);
            var changes = new List<(T Before, T After)>();
            foreach (var document in found)
            {
                changes.Add(await change(session, document));
            }

            changes.RemoveAll(pair => pair.Before == pair.After);
            changes.ForEach(pair => session.Change(pair.Before, pair.After));
            await (along is null ? Task.CompletedTask : along(session, [.. changes.Select(pair => pair.After)]));
            try
            {
                await session.SaveChangesAsync(token);
                left = found.Count == AtOnce && changes.Count > 0;
            }
            // Another node, or a request, was faster: what is left is read again
            catch (Exception exception) when (IsLostRace(exception) && ++lost < MostLost)
            {
            }
        }
    }

    private static bool IsLostRace(Exception exception) =>
        exception is ConcurrencyException or MartenCommandException { InnerException: PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } };
}
