namespace MilleCafes.Faults.Node;

/// <summary>The lines between a node and its parent.</summary>
internal static class Told
{
    // From the parent: take no more orders; repair the printer; list the dead letters; replay or discard those whose ids follow; slam the door
    public const string Rest = "rest";
    public const string Repair = "repair";
    public const string List = "list";
    public const string Replay = "replay";
    public const string Discard = "discard";
    public const string Slam = "slam";

    // From the node: its number, an accepted round, a dead letter, and that it has done as it was told
    public const string Started = "started";
    public const string Accepted = "accepted";
    public const string Letter = "letter";
    public const string Done = "done";
}
