using System.Linq.Expressions;
using Marten;

namespace MilleCafes.Shared;

/// <summary>What whoever keeps a copy is told of.</summary>
public sealed partial class ModuleSession<TStore>
{
    /// <summary>Names on the first page what the holder saw once and sees no more: by no filter, which would tell what has become of it since.</summary>
    /// <param name="remains">What is told of one.</param>
    public async Task<Page<TView>> WithHiddenAsync<T, TView>(Page<TView> page, IListRequest list, Func<T, Tombstone> remains, CancellationToken token)
        where T : Document, IVisible<T>
    {
        if (list is not { UpdatedSince: { } since, After: null } || guard.WasVisibleTo<T>() is not { } seen || guard.VisibleTo<T>() is not { } visible)
        {
            return page;
        }

        var (from, hidden) = (Paging.DatedFrom(since), Expression.Lambda<Func<T, bool>>(Expression.Not(visible.Body), visible.Parameters));
        var documents = await session.Query<T>().Where(seen).Where(hidden).Where(document => document.UpdatedAt >= from).OrderBy(document => document.Id).ToListAsync(token);
        return page with { Ended = [.. documents.Select(remains).Where(one => one.DeletedAt >= from).Concat(page.Ended ?? []).OrderBy(one => one.Id)] };
    }
}
