using System.Collections;

namespace MilleCafes.Shared.Communes;

/// <summary>A search text with the beginning of a postcode or INSEE code in it, alone or beside a name: « 10400 Ferreux ».</summary>
internal sealed class CodedText
{
    private readonly BitArray communes;
    private readonly TypedName[] name;
    private readonly bool codeOnly;

    private CodedText(ReadOnlySpan<int> found, int communeCount, string rest)
    {
        communes = new(communeCount);
        foreach (var commune in found)
        {
            communes[commune] = true;
        }

        name = TypedName.Parse(rest);
        codeOnly = string.IsNullOrWhiteSpace(rest);
    }

    public static CodedText? Parse(ReadOnlySpan<char> text, CodeIndex codes, int communeCount)
    {
        if (text.Length > 2 * FoldedText.MaximumLength)
        {
            return null;
        }

        foreach (var range in text.SplitAny(' ', ',', '(', ')'))
        {
            var word = text[range];
            if (CodeIndex.CanStart(word))
            {
                var rest = string.Concat(text[..range.Start], " ", text[range.End..]);
                return new(codes.StartingWith(word), communeCount, rest);
            }
        }

        return null;
    }

    /// <summary>A code alone finds a commune under its own name only.</summary>
    public bool Matches(ReadOnlySpan<byte> letters, in NameEntry entry)
    {
        if (!communes[entry.Commune])
        {
            return false;
        }

        foreach (var typed in name)
        {
            if (typed.Compare(letters, entry) != Closeness.None)
            {
                return true;
            }
        }

        return codeOnly && entry.Part < 0;
    }
}
