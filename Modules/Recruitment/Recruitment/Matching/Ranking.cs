using System.Collections.Immutable;
using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Matching;

/// <summary>Reads a ranking ring by ring, oldest first within each: what a page costs does not grow with what there is.</summary>
internal static class Ranking
{
    public const string UpdatedSinceFrench = "Seulement ce qui a changé depuis cet instant. Un classement ne se tient pas à jour par morceaux : ce qui n'y est plus n'y est pas dit, `ended` reste vide";
    public const string UpdatedSinceEnglish = "Only what has changed since this instant. A ranking is not kept in step by pieces: what is no longer in it is not told, `ended` stays empty";

    /// <param name="read">What lies in a ring, or in one département of it.</param>
    /// <param name="ringOf">The ring of the last one on the page before, by which the next page goes on.</param>
    public static async Task<Result<Page<TView>>> ToRankingAsync<T, TView>(
        this ModuleSession<IRecruitmentStore> session, IListRequest request, Surroundings around, Func<Closeness, string?, IQueryable<T>> read, Func<T, int> ringOf, Func<T, TView> view, CancellationToken token)
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
            var (closeness, departements, start) = (around.Rings[ring].Closeness, around.Rings[ring].Departements, ring == first ? after : Guid.Empty);
            rows.AddRange(departements.Length <= 1
                ? await Next(closeness, departements.SingleOrDefault(), start).Take(size + 1 - rows.Count).ToListAsync(token)
                : await MergedAsync(closeness, departements, start, size + 1 - rows.Count));
        }

        return new Page<TView>(
            [.. rows.Take(size).Select(view)],
            rows.Count > size ? Paging.Cursor(request.GetType(), rows[size - 1].Id) : null,
            request.UpdatedSince is null ? null : []);

        IQueryable<T> Next(Closeness closeness, string? departement, Guid start)
        {
            var documents = read(closeness, departement);
            if (start != Guid.Empty)
            {
                documents = documents.Where(document => document.Id > start);
            }

            if (request.UpdatedSince is { } since)
            {
                var from = Paging.DatedFrom(since);
                documents = documents.Where(document => document.UpdatedAt >= from);
            }

            return documents.OrderBy(document => document.Id);
        }

        // Ids alone of each département, so that only those of the page are read
        async Task<IEnumerable<T>> MergedAsync(Closeness closeness, ImmutableArray<string> departements, Guid start, int count)
        {
            var ids = new List<Guid>();
            foreach (var departement in departements)
            {
                ids.AddRange(await Next(closeness, departement, start).Take(count).Select(document => document.Id).ToListAsync(token));
            }

            var oldest = ids.Order().Take(count).ToArray();
            return (await session.Query<T>().Where(document => document.Id.IsOneOf(oldest)).ToListAsync(token)).OrderBy(document => document.Id);
        }
    }
}
