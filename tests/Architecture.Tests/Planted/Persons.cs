using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests.Planted;

internal sealed record Guest([property: PersonalData] string Name, string WifiPassword, [property: Unaudited("It opens the door")] string DoorSecret);

internal sealed record GuestBook : Document
{
    public ImmutableArray<Guest> Guests { get; init; } = [];

    [PersonalData]
    public string? Dedication { get; init; }
}

internal sealed record GuestView(string Name);

internal sealed record GuestBookView(Guid Id, IReadOnlyList<GuestView> Guests, [property: PersonalData] string? Dedication);

internal sealed record GuestsOfToday(string? Dedication)
{
    public static GuestsOfToday Of(GuestBook book) => new(book.Dedication);
}
