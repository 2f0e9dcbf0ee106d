using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Matching;

/// <summary>Reads a ranking ring by ring, oldest first within each: what a page costs does not grow with what there is.</summary>
internal static class Ranking
{
    /// <param name="read">What lies in one ring.</param>
    /// <param name="ringOf">The ring of the last one on the page before, by which the next page goes on.</param>
    public static async Task<Result<Page<TView>>> ToRankingAsync<T, TView>(
        this ModuleSession<IRecruitmentStore> session, IListRequest request, Surroundings around, Func<Ring, IQueryable<T>> read, Func<T, int> ringOf, Func<T, TView> view, CancellationToken token)
        where T : Document, IVisible<T>
    {
        var (first, after) = (0, Guid.Empty);
        if (Paging.TryParse(request.GetType(), request.After, out var key) && key != Guid.Empty)
        {
            if (await session.LoadAsync<T>(key, token) is not { } last)
            {
                return CommonErrors.BadCursor;
            }

            (first, after) = (ringOf(last), key);
        }

        var size = request.Limit ?? Paging.DefaultLimit;
        var rows = new List<T>(size + 1);
        for (var ring = first; ring < around.Rings.Length && rows.Count <= size; ring++)
        {
            var documents = read(around.Rings[ring]);
            if (ring == first && after != Guid.Empty)
            {
                documents = documents.Where(document => document.Id > after);
            }

            if (request.UpdatedSince is { } since)
            {
                var from = since > DateTimeOffset.MinValue + Paging.LongestCommit ? since - Paging.LongestCommit : since;
                documents = documents.Where(document => document.UpdatedAt >= from);
            }

            rows.AddRange(await documents.OrderBy(document => document.Id).Take(size + 1 - rows.Count).ToListAsync(token));
        }

        return new Page<TView>(
            [.. rows.Take(size).Select(view)],
            rows.Count > size ? Paging.Cursor(request.GetType(), rows[size - 1].Id) : null,
            request.UpdatedSince is null ? null : []);
    }
}
