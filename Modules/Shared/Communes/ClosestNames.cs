namespace MilleCafes.Shared.Communes;

/// <summary>Finds names by the number of letters to change, add, drop or swap with their neighbour.</summary>
internal static class ClosestNames
{
    /// <summary>Below it a name is no help, and most names are left aside after a glance.</summary>
    private const double Worth = 0.45;

    /// <summary>Name entries with their similarity, the closest first, one per commune.</summary>
    public static IReadOnlyList<(NameEntry Entry, double Similarity)> Find(NameIndex names, string text, byte? departement, int count)
    {
        var best = new List<(NameEntry Entry, double Similarity)>();
        if (TypedName.Parse(text) is not [.., var typed] || count < 1)
        {
            return best;
        }

        foreach (ref readonly var entry in names.Entries.AsSpan())
        {
            if (departement is null || departement == entry.Departement)
            {
                var floor = best.Count == count ? best[^1].Similarity : Worth;
                Keep(best, entry, Similarity(typed.Bare, names.Letters(entry)[entry.Article..], floor), count);
            }
        }

        return best;
    }

    /// <summary>1 less the share of the longer text's letters that have to change (optimal string alignment).</summary>
    /// <returns>Some value that is not above <paramref name="floor"/> as soon as it cannot be exceeded.</returns>
    internal static double Similarity(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, double floor)
    {
        var longer = Math.Max(one.Length, other.Length);
        var allowed = (1 - floor) * longer;
        if (longer - Math.Min(one.Length, other.Length) >= allowed)
        {
            return floor;
        }

        Span<int> before = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> current = stackalloc int[other.Length + 1];
        for (var column = 0; column <= other.Length; column++)
        {
            last[column] = column;
        }

        for (int row = 1, leastBefore = 0; row <= one.Length; row++)
        {
            var least = current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var change = one[row - 1] == other[column - 1] ? 0 : 1;
                var cost = Math.Min(Math.Min(current[column - 1], last[column]) + 1, last[column - 1] + change);
                var swapped = row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
                current[column] = swapped ? Math.Min(cost, before[column - 2] + 1) : cost;
                least = Math.Min(least, current[column]);
            }

            if (Math.Min(least, leastBefore + 1) >= allowed)
            {
                return floor;
            }

            leastBefore = least;
            var free = before;
            before = last;
            last = current;
            current = free;
        }

        return 1 - (double)last[other.Length] / longer;
    }

    private static void Keep(List<(NameEntry Entry, double Similarity)> best, in NameEntry entry, double similarity, int count)
    {
        var commune = entry.Commune;
        var known = best.FindIndex(found => found.Entry.Commune == commune);
        if (similarity <= Worth || (known >= 0 && best[known].Similarity >= similarity) || (best.Count == count && best[^1].Similarity >= similarity))
        {
            return;
        }

        if (known >= 0)
        {
            best.RemoveAt(known);
        }

        var place = best.FindIndex(found => found.Similarity < similarity);
        best.Insert(place < 0 ? best.Count : place, (entry, similarity));
        if (best.Count > count)
        {
            best.RemoveAt(count);
        }
    }
}
