using System.Buffers;

namespace MilleCafes.Shared.Communes;

/// <summary>What a search keeps, and where it goes on.</summary>
/// <param name="Departement">Position of the département in the registry.</param>
/// <param name="First">The commune of an INSEE code typed in full, which goes before all others.</param>
/// <param name="After">The commune that the page before ended with.</param>
internal readonly record struct SearchScope(byte? Departement, bool? Eligible, int? First, int? After, int Limit)
{
    public bool Keeps(in NameEntry entry) =>
        (Departement is null || Departement == entry.Departement) && (Eligible is null || Eligible == entry.Eligible);
}

/// <summary>One scan over every name: its cost is the same whatever is typed, and it sorts nothing.</summary>
internal sealed class CommuneSearch(NameIndex names, CodeIndex codes, int communeCount)
{
    private readonly int[] ownEntries = OwnEntries(names, communeCount);

    /// <summary>Positions of name entries, best first, one per commune; at most one more than asked for.</summary>
    public List<int> Find(string text, in SearchScope scope)
    {
        var typed = TypedName.Parse(text);
        var coded = CodedText.Parse(text, codes, communeCount);
        var matches = ArrayPool<int>.Shared.Rent(names.Entries.Length + 1);
        try
        {
            var count = typed.Length > 0 || coded is not null ? Scan(typed, coded, scope, matches) : 0;
            return Select(matches.AsSpan(0, count), scope);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(matches);
        }
    }

    /// <summary>The same without a text: communes by département, in the order of their names.</summary>
    public List<int> List(in SearchScope scope)
    {
        var found = new List<int>();
        var start = scope.After is { } after ? Array.IndexOf(names.Listing, after) + 1 : 0;
        foreach (var commune in names.Listing.AsSpan(start))
        {
            if (found.Count > scope.Limit)
            {
                break;
            }

            if (scope.Keeps(names.Entries[ownEntries[commune]]))
            {
                found.Add(ownEntries[commune]);
            }
        }

        return found;
    }

    private static int[] OwnEntries(NameIndex names, int communeCount)
    {
        var own = new int[communeCount];
        foreach (var (position, entry) in names.Entries.Index())
        {
            if (entry.Part < 0)
            {
                own[entry.Commune] = position;
            }
        }

        return own;
    }

    /// <summary>Writes every match as its closeness, in the high byte, and its position.</summary>
    private int Scan(TypedName[] typed, CodedText? coded, in SearchScope scope, int[] matches)
    {
        var count = 0;
        for (var position = 0; position < names.Entries.Length; position++)
        {
            ref readonly var entry = ref names.Entries[position];
            if (!scope.Keeps(entry))
            {
                continue;
            }

            var closeness = coded is not null && coded.Matches(names.Letters(entry), entry) ? Closeness.Starts : Closeness.None;
            foreach (var name in typed)
            {
                closeness = (Closeness)Math.Min((byte)closeness, (byte)name.Compare(names.Letters(entry), entry));
            }

            if (closeness != Closeness.None)
            {
                matches[count++] = ((int)closeness << 24) | position;
            }
        }

        return count;
    }

    private List<int> Select(ReadOnlySpan<int> matches, in SearchScope scope)
    {
        var page = new Page(scope, names.Entries, communeCount);
        if (scope.First is { } first && scope.Keeps(names.Entries[ownEntries[first]]))
        {
            page.Add(ownEntries[first]);
        }

        for (var closeness = 0; closeness < (int)Closeness.None && !page.Full; closeness++)
        {
            foreach (var match in matches)
            {
                if (match >> 24 == closeness)
                {
                    page.Add(match & 0xFFFFFF);
                }
            }
        }

        return page.Positions;
    }

    /// <summary>Each commune once, from the one after the cursor on, until there is one more than asked for.</summary>
    private sealed class Page(SearchScope scope, NameEntry[] entries, int communeCount)
    {
        private readonly ulong[] seen = new ulong[(communeCount + 63) / 64];
        private bool open = scope.After is null;

        public List<int> Positions { get; } = [];

        public bool Full => Positions.Count > scope.Limit;

        public void Add(int position)
        {
            var commune = entries[position].Commune;
            var bit = 1UL << (commune % 64);
            if (Full || (seen[commune / 64] & bit) != 0)
            {
                return;
            }

            seen[commune / 64] |= bit;
            if (open)
            {
                Positions.Add(position);
            }

            open |= commune == scope.After;
        }
    }
}
