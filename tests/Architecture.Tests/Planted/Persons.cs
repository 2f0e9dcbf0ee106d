using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests.Planted;

internal sealed record Guest([property: PersonalData] string Name, string WifiPassword, [property: Unaudited("It opens the door")] string DoorSecret);

internal sealed record GuestBook : Document
{
    public ImmutableArray<Guest> Guests { get; init; } = [];
}
