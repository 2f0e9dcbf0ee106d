namespace MilleCafes.Shared.Communes;

/// <summary>Finds names by the number of letters to change, add, drop or swap with their neighbour.</summary>
internal static class ClosestNames
{
    /// <summary>Positions of name entries with their similarity, the closest first, one per commune.</summary>
    public static IEnumerable<(int Position, double Similarity)> Find(NameIndex names, string text, byte? departement, int count)
    {
        if (TypedName.Parse(text) is not [.., var typed] || count < 1)
        {
            return [];
        }

        var best = new Dictionary<int, (int Position, double Similarity)>();
        for (var position = 0; position < names.Entries.Length; position++)
        {
            ref readonly var entry = ref names.Entries[position];
            if (departement is not null && departement != entry.Departement)
            {
                continue;
            }

            var similarity = Similarity(typed.Bare, names.Letters(entry)[entry.Article..]);
            if (!best.TryGetValue(entry.Commune, out var known) || similarity > known.Similarity)
            {
                best[entry.Commune] = (position, similarity);
            }
        }

        return best.Values
            .OrderByDescending(found => found.Similarity)
            .ThenBy(found => found.Position)
            .Take(count);
    }

    /// <summary>1 less the share of the longer text's letters that have to change (optimal string alignment).</summary>
    internal static double Similarity(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        Span<int> before = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> current = stackalloc int[other.Length + 1];
        for (var column = 0; column <= other.Length; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= one.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var change = one[row - 1] == other[column - 1] ? 0 : 1;
                var cost = Math.Min(Math.Min(current[column - 1], last[column]) + 1, last[column - 1] + change);
                var swapped = row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
                current[column] = swapped ? Math.Min(cost, before[column - 2] + 1) : cost;
            }

            var free = before;
            before = last;
            last = current;
            current = free;
        }

        return 1 - (double)last[other.Length] / Math.Max(1, Math.Max(one.Length, other.Length));
    }
}
