namespace MilleCafes.Shared;

/// <summary>
/// Bookkeeping: on a document, states that messages and clocks write leave no entry in the audit, while those of requests do; on a member, its changes are in no entry.
/// </summary>
/// <param name="because">Why nobody would look for it there; docs/access.md lists what is marked.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class UnauditedAttribute(string because) : Attribute
{
    public string Because => because;
}
