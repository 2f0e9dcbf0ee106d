using System.Buffers;
using System.Runtime.CompilerServices;

namespace MilleCafes.Shared.Communes;

/// <summary>INSEE codes and postcodes, to be found by their first characters.</summary>
internal sealed class CodeIndex
{
    private const int BitsPerCharacter = 4;

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("0123456789ABab");

    private readonly uint[] keys;
    private readonly int[] communes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CodeIndex(RegistryFile file)
    {
        var allKeys = new List<uint>(2 * file.Communes.Count + file.Parts.Count);
        var allCommunes = new List<int>(allKeys.Capacity);
        for (var index = 0; index < file.Communes.Count; index++)
        {
            allKeys.Add(Key(file.Communes[index].InseeCode));
            allCommunes.Add(index);
            foreach (var postcode in file.Communes[index].Postcodes)
            {
                allKeys.Add(Key(postcode));
                allCommunes.Add(index);
            }
        }

        foreach (var part in file.Parts)
        {
            allKeys.Add(Key(part.Code));
            allCommunes.Add(part.Commune);
        }

        keys = [.. allKeys];
        communes = [.. allCommunes];
        Array.Sort(keys, communes);
    }

    /// <summary>Whether a word can be the beginning of a code: five characters at most, of which Corsica's have one letter.</summary>
    public static bool CanStart(ReadOnlySpan<char> word) =>
        word.Length is > 0 and <= InseeCode.Length && char.IsAsciiDigit(word[0]) && !word.ContainsAnyExcept(CodeCharacters);

    /// <summary>The communes of which a code starts with the word; some more than once.</summary>
    public ReadOnlySpan<int> StartingWith(ReadOnlySpan<char> word)
    {
        var low = Key(word);
        var first = FirstFrom(low);
        return communes.AsSpan(first, FirstFrom(low + (1U << Missing(word))) - first);
    }

    private static int Missing(ReadOnlySpan<char> word) => BitsPerCharacter * (InseeCode.Length - word.Length);

    /// <summary>The code as a hexadecimal number, since <c>A</c> and <c>B</c> follow 9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Key(ReadOnlySpan<char> word)
    {
        var key = 0U;
        foreach (var character in word)
        {
            key = (key << BitsPerCharacter) | (uint)(char.IsAsciiDigit(character) ? character - '0' : (character | 0x20) - 'a' + 10);
        }

        return key << Missing(word);
    }

    private int FirstFrom(uint key)
    {
        var (low, high) = (0, keys.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = keys[middle] < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
