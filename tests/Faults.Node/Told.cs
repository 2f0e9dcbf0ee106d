using System.Globalization;

namespace MilleCafes.Faults.Node;

/// <summary>The lines between a node and its parent.</summary>
internal static class Told
{
    /// <summary>From the parent: list the dead letters, then replay or discard those whose ids follow.</summary>
    public const string List = "list";
    public const string Replay = "replay";
    public const string Discard = "discard";

    /// <summary>To the parent.</summary>
    public const string Started = "started";
    public const string AcceptedWord = "accepted";
    public const string Letter = "letter";
    public const string Done = "done";

    public static string Accepted(int number) => string.Create(CultureInfo.InvariantCulture, $"{AcceptedWord} {number}");
}
