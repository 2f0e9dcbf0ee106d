using System.Numerics;
using System.Runtime.CompilerServices;

namespace MilleCafes.Shared.Communes;

/// <summary>Names without what people leave out: case, accents, ligatures, hyphens, apostrophes, blanks.</summary>
internal static class FoldedText
{
    /// <summary>Word starts are bits of one <see cref="ulong"/>, hence no more letters than that; official names have up to 41.</summary>
    public const int MaximumLength = 63;

    private const byte UnknownLetter = 1;

    /// <summary>U+00C0 to U+017F without accents; <c>æ</c> and <c>œ</c> stand for two letters.</summary>
    private const string Latin =
        "aaaaaaæceeeeiiiidnooooo ouuuuytsaaaaaaæceeeeiiiidnooooo ouuuuyty" +
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll" +
        "nnnnnnnnnooooooœœrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>Writes the letters and digits of a text; <paramref name="starts"/> has a bit for each first letter of a word.</summary>
    /// <returns>The number of letters, or -1 when there are more than any name has.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Fold(ReadOnlySpan<char> text, Span<byte> letters, out ulong starts)
    {
        starts = 0;
        var length = 0;
        var inWord = false;
        foreach (var character in text)
        {
            if (character is >= '\u0300' and <= '\u036F')
            {
                continue;
            }

            var letter = FoldLetter(character);
            if (letter == ' ')
            {
                inWord = false;
                continue;
            }

            if (length + 1 >= MaximumLength)
            {
                return -1;
            }

            starts |= inWord ? 0 : 1UL << length;
            inWord = true;
            letters[length++] = letter switch { 'æ' => (byte)'a', 'œ' => (byte)'o', _ => (byte)letter };
            if (letter is 'æ' or 'œ')
            {
                letters[length++] = (byte)'e';
            }
        }

        return length;
    }

    /// <summary>Where the name starts without its leading article; 0 when it has none, or is nothing else.</summary>
    public static int LengthOfArticle(ReadOnlySpan<byte> letters, ulong starts)
    {
        var second = NextStart(starts, 0);
        return second < letters.Length && letters[..second] is [(byte)'l'] or [(byte)'l', (byte)'e' or (byte)'a'] or [(byte)'l', (byte)'e', (byte)'s']
            ? second
            : 0;
    }

    /// <summary>The start of the word after the one at <paramref name="start"/>; 64 when that is the last.</summary>
    public static int NextStart(ulong starts, int start) => BitOperations.TrailingZeroCount(starts & (ulong.MaxValue << start << 1));

    /// <summary>The bit of a letter or digit in a set of first letters; unknown letters share one that no name has.</summary>
    public static ulong Bit(byte letter) => letter switch
    {
        >= (byte)'a' and <= (byte)'z' => 1UL << (letter - 'a'),
        >= (byte)'0' and <= (byte)'9' => 1UL << (26 + letter - '0'),
        _ => 1UL << 63,
    };

    private static char FoldLetter(char character) => character switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => character,
        >= 'A' and <= 'Z' => (char)(character | 0x20),
        >= '\u00C0' and <= '\u017F' => Latin[character - '\u00C0'],
        _ when char.IsLetterOrDigit(character) => (char)UnknownLetter,
        _ => ' ',
    };
}
