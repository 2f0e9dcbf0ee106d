namespace MilleCafes.Shared.Communes;

/// <summary>How well a name answers what was typed; the better, the smaller.</summary>
internal enum Closeness : byte
{
    /// <summary>The name starts with the text, typed with its article.</summary>
    StartsWithArticle,

    /// <summary>The name starts with the words typed, articles left out.</summary>
    Starts,

    /// <summary>The words typed follow one another inside the name.</summary>
    Consecutive,

    /// <summary>Every word typed starts a word of the name, in any order.</summary>
    Scattered,

    None,
}
