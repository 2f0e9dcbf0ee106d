using System.Buffers;
using System.Runtime.CompilerServices;

namespace MilleCafes.Shared.Communes;

/// <summary>Every name: the shorter first, then a commune's own, then the more populated, then in the order of names.</summary>
/// <remarks>Loading comes before the runtime has optimised anything, so its loops ask for it and sort numbers where they can.</remarks>
internal sealed class NameIndex
{
    private readonly ArrayBufferWriter<byte> letters = new(700_000);

    public NameIndex(RegistryFile file)
    {
        var entries = Fold(file);
        Listing = SortListing(entries, file.Communes.Count);
        Entries = SortEntries(entries, file);
    }

    public NameEntry[] Entries { get; }

    /// <summary>Communes by département, in the order of their names.</summary>
    public int[] Listing { get; }

    public ReadOnlySpan<byte> Letters(in NameEntry entry) => letters.WrittenSpan.Slice(entry.Offset, entry.Length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<NameEntry> Fold(RegistryFile file)
    {
        var entries = new List<NameEntry>(file.Communes.Count + file.Parts.Count);
        byte departement = 0;
        for (var index = 0; index < file.Communes.Count; index++)
        {
            var commune = file.Communes[index];
            while (file.Departements[departement].Code != commune.Departement)
            {
                departement++;
            }

            entries.Add(Fold(commune.Name, index, part: -1, departement, commune.Eligible));
        }

        for (var index = 0; index < file.Parts.Count; index++)
        {
            var own = entries[file.Parts[index].Commune];
            var entry = Fold(file.Parts[index].Name, own.Commune, index, own.Departement, own.Eligible);
            if (!Letters(entry).SequenceEqual(Letters(own)))
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private NameEntry Fold(string name, int commune, int part, byte departement, bool eligible)
    {
        var buffer = letters.GetSpan(FoldedText.MaximumLength);
        var length = FoldedText.Fold(name, buffer, out var starts);
        if (length <= 0)
        {
            throw new InvalidDataException($"The registry has a name that cannot be searched: {name}.");
        }

        var firstLetters = 0UL;
        for (var start = 0; start < length; start = FoldedText.NextStart(starts, start))
        {
            firstLetters |= FoldedText.Bit(buffer[start]);
        }

        var article = (byte)FoldedText.LengthOfArticle(buffer[..length], starts);
        var offset = letters.WrittenCount;
        letters.Advance(length);
        return new(firstLetters, starts, offset, commune, part, (byte)length, article, departement, eligible);
    }

    /// <summary>The file is in the order of départements already.</summary>
    private int[] SortListing(List<NameEntry> entries, int communes)
    {
        var listing = new int[communes];
        for (var commune = 0; commune < communes; commune++)
        {
            listing[commune] = commune;
        }

        for (int start = 0, end = 0; start < communes; start = end)
        {
            while (end < communes && entries[end].Departement == entries[start].Departement)
            {
                end++;
            }

            listing.AsSpan(start..end).Sort((one, other) => CompareNames(entries[one], entries[other]));
        }

        return listing;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private NameEntry[] SortEntries(List<NameEntry> entries, RegistryFile file)
    {
        var keys = new long[entries.Count];
        var sorted = entries.ToArray();
        for (var index = 0; index < sorted.Length; index++)
        {
            var bareLength = (long)(sorted[index].Length - sorted[index].Article);
            var part = sorted[index].Part < 0 ? 0L : 1L;
            keys[index] = (bareLength << 33) | (part << 32) | (uint)(int.MaxValue - file.Communes[sorted[index].Commune].Population);
        }

        Array.Sort(keys, sorted);
        for (int start = 0, end = 0; start < keys.Length; start = end)
        {
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                sorted.AsSpan(start..end).Sort((one, other) => CompareNames(one, other));
            }
        }

        return sorted;
    }

    /// <summary>Word by word and without the article, as an index of places is sorted; then as the file is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CompareNames(in NameEntry one, in NameEntry other)
    {
        var left = Letters(one)[one.Article..];
        var right = Letters(other)[other.Article..];
        var common = left.CommonPrefixLength(right);
        var ended = common == left.Length || common == right.Length;
        var (leftStarts, rightStarts) = (one.Starts >> one.Article, other.Starts >> other.Article);
        var differing = (leftStarts ^ rightStarts) & (((ended ? 1UL : 2UL) << common) - 1);
        if (differing != 0)
        {
            var lowest = differing & (~differing + 1);
            return (leftStarts & lowest) != 0 ? -1 : 1;
        }

        var order = ended ? left.Length - right.Length : left[common] - right[common];
        return order != 0 ? order : one.Offset - other.Offset;
    }
}
