using System.Text;

namespace MilleCafes.Shared.Communes;

/// <summary>A search text, folded as the names are.</summary>
internal sealed class TypedName
{
    private static readonly string[] Saints = ["st", "ste", "sts", "stes"];

    private readonly byte[] letters;
    private readonly int article;
    private readonly (int Start, int Length)[] sequence;
    private readonly (int Start, int Length)[] words;
    private readonly ulong mask;
    private readonly ulong firstBit;

    private TypedName(ReadOnlySpan<byte> letters, ulong starts)
    {
        this.letters = letters.ToArray();
        article = FoldedText.LengthOfArticle(letters, starts);
        sequence = [.. Split(letters.Length, starts, article)];
        words = [.. sequence.DistinctBy(Text)];
        foreach (var (start, _) in words)
        {
            mask |= FoldedText.Bit(letters[start]);
        }

        firstBit = FoldedText.Bit(letters[article]);
    }

    /// <summary>The letters without the leading article.</summary>
    public ReadOnlySpan<byte> Bare => letters.AsSpan(article);

    /// <summary>The text as typed and, when it abbreviates « saint », in full; nothing when no name can match it.</summary>
    public static TypedName[] Parse(ReadOnlySpan<char> text)
    {
        Span<byte> letters = stackalloc byte[FoldedText.MaximumLength];
        var length = FoldedText.Fold(text, letters, out var starts);
        if (length <= 0)
        {
            return [];
        }

        var typed = new TypedName(letters[..length], starts);
        return typed.InFull(starts) is { } full ? [typed, full] : [typed];
    }

    public Closeness Compare(ReadOnlySpan<byte> name, in NameEntry entry)
    {
        var starts = entry.Starts;
        if ((entry.FirstLetters & firstBit) == 0)
        {
            return Closeness.None;
        }

        if (article > 0 && name.StartsWith(letters))
        {
            return Closeness.StartsWithArticle;
        }

        if (StartsAt(name, starts, entry.Article) || StartsAt(name, starts, 0))
        {
            return Closeness.Starts;
        }

        if ((entry.FirstLetters & mask) != mask || !EveryWordStartsOne(name, starts))
        {
            return Closeness.None;
        }

        for (var start = FoldedText.NextStart(starts, 0); start < name.Length; start = FoldedText.NextStart(starts, start))
        {
            if (StartsAt(name, starts, start))
            {
                return Closeness.Consecutive;
            }
        }

        return Closeness.Scattered;
    }

    private bool StartsAt(ReadOnlySpan<byte> name, ulong starts, int position)
    {
        if (name[position..].StartsWith(Bare))
        {
            return true;
        }

        foreach (var (start, length) in sequence)
        {
            if (position >= name.Length || !name[position..].StartsWith(letters.AsSpan(start, length)))
            {
                return false;
            }

            position = FoldedText.NextStart(starts, position);
        }

        return true;
    }

    private bool EveryWordStartsOne(ReadOnlySpan<byte> name, ulong starts)
    {
        foreach (var (start, length) in words)
        {
            var word = letters.AsSpan(start, length);
            var position = 0;
            while (position < name.Length && !name[position..].StartsWith(word))
            {
                position = FoldedText.NextStart(starts, position);
            }

            if (position >= name.Length)
            {
                return false;
            }
        }

        return true;
    }

    private TypedName? InFull(ulong starts)
    {
        var texts = Split(letters.Length, starts, from: 0).ConvertAll(Text);
        if (!texts.Exists(Saints.Contains))
        {
            return null;
        }

        var full = string.Join(' ', texts.Select(text => Saints.Contains(text) ? $"saint{text[2..]}" : text));
        return Parse(full) is [var name] ? name : null;
    }

    private static List<(int Start, int Length)> Split(int length, ulong starts, int from)
    {
        var words = new List<(int, int)>();
        for (var start = from; start < length;)
        {
            var next = Math.Min(FoldedText.NextStart(starts, start), length);
            words.Add((start, next - start));
            start = next;
        }

        return words;
    }

    private string Text((int Start, int Length) word) => Encoding.ASCII.GetString(letters, word.Start, word.Length);
}
