using System.Globalization;

namespace MilleCafes.Shared;

/// <summary>Where a value stands in a document.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901).</param>
/// <param name="Type">What the code declares there; null where it does not say.</param>
internal sealed record MemberPlace(string Pointer, Type? Type, bool Personal)
{
    private readonly Type? held = MarkedMembers.ElementOf(Type, Differences.Json);

    /// <summary>The place of a member, or of an entry of a dictionary; null when the audit keeps out of it.</summary>
    public MemberPlace? Member(string name)
    {
        var pointer = $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        if (held is not null)
        {
            return new(pointer, held, Personal);
        }

        var member = MarkedMembers.Find(Type, name, Differences.Json);
        return member?.Unaudited is true ? null : new(pointer, member?.Type, Personal || member?.Personal is true);
    }

    public MemberPlace Item(int index) => new($"{Pointer}/{index.ToString(CultureInfo.InvariantCulture)}", held, Personal);
}
