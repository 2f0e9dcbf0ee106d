using System.Collections.Immutable;
using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Matching;

/// <summary>Reads a ranking ring by ring, oldest first within each: what a page costs does not grow with what there is.</summary>
internal static class Ranking
{
    public const string UpdatedSinceFrench = "Seulement ce qui a changé depuis cet instant. Un classement ne se tient pas à jour par morceaux : ce qui n'y est plus n'y est pas dit, `ended` reste vide";
    public const string UpdatedSinceEnglish = "Only what has changed since this instant. A ranking is not kept in step by pieces: what is no longer in it is not told, `ended` stays empty";

    /// <summary>What a cursor of this ranking says: after whom, in which ring; the beginning when there is none.</summary>
    public static bool TryParse(Type ranking, string? cursor, out Guid after, out Closeness reached)
    {
        var read = Paging.TryParse(ranking, cursor, out after, out var part);
        reached = (Closeness)part;
        return read && Enum.IsDefined(reached);
    }

    /// <param name="read">What lies in a ring, or in one département of it.</param>
    public static async Task<Page<TView>> ToRankingAsync<T, TView>(
        this ModuleSession<IRecruitmentStore> session, IListRequest request, Surroundings around, Func<Closeness, string?, IQueryable<T>> read, Func<T, TView> view, CancellationToken token)
        where T : Document, IVisible<T>
    {
        // The ring is in the cursor: whoever was last on the page before may have moved since, or be no more
        TryParse(request.GetType(), request.After, out var after, out var reached);
        var size = request.Limit ?? Paging.DefaultLimit;
        var rows = new List<(Closeness Closeness, T Document)>(size + 1);
        foreach (var (closeness, departements) in around.Rings.Where(ring => ring.Closeness >= reached).TakeWhile(_ => rows.Count <= size))
        {
            var start = closeness == reached ? after : Guid.Empty;
            var found = departements.Length <= 1
                ? await Next(closeness, departements.SingleOrDefault(), start).Take(size + 1 - rows.Count).ToListAsync(token)
                : await MergedAsync(closeness, departements, start, size + 1 - rows.Count);
            rows.AddRange(found.Select(document => (closeness, document)));
        }

        return new Page<TView>(
            [.. rows.Take(size).Select(row => view(row.Document))],
            rows.Count > size ? Paging.Cursor(request.GetType(), rows[size - 1].Document.Id, (byte)rows[size - 1].Closeness) : null,
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
        async Task<IReadOnlyList<T>> MergedAsync(Closeness closeness, ImmutableArray<string> departements, Guid start, int count)
        {
            var ids = new List<Guid>();
            foreach (var departement in departements)
            {
                ids.AddRange(await Next(closeness, departement, start).Take(count).Select(document => document.Id).ToListAsync(token));
            }

            var oldest = ids.Order().Take(count).ToArray();
            return await session.Query<T>().Where(document => document.Id.IsOneOf(oldest)).OrderBy(document => document.Id).ToListAsync(token);
        }
    }
}
