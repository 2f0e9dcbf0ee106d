using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MilleCafes.Shared.Tests.Audit;

/// <summary>What an entry says of a new document, to the byte: entries that were written before must read the same.</summary>
public sealed class CreationTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void A_new_document_is_told_value_by_value_in_the_order_of_its_members()
    {
        var place = new Place
        {
            Id = Guid.CreateVersion7(),
            Name = "Café « Le \"Lavoir\" » <&> \\ \u0001 \U0001F642 \ud83d",
            Kind = Kind.BreadDepot,
            Opened = new(2026, 3, 1, 1, 30, 0, TimeSpan.FromHours(2)),
            Day = new(2026, 3, 1),
            Count = long.MaxValue,
            Latitude = 47.0,
            Price = 1.50m,
            IsOpen = false,
            Hours = ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add("a/b~c", "08:00").Add("none", null).Add("é", ""),
            Codes = [1, null, 3],
            Grid = [[], ["x"], ["y", "z"]],
            Owner = new("Camille", null, "s3cret", ["+33555000000"]),
            Anything = JsonDocument.Parse("""{ "a": [ { "b": 1e2 } ], "n": null, "t": true }""").RootElement,
        };

        var told = Differences.Between(null, place);

        Assert.All(told, change => Assert.Null(change.From));
        Assert.Equal(
            """
            /name "Café « Le \"Lavoir\" » <&> \\ \u0001 \uD83D\uDE42 �"
            /kind "breadDepot"
            /opened "2026-02-28T23:30:00Z"
            /day "2026-03-01"
            /count 9223372036854775807
            /latitude 47
            /price 1.50
            /isOpen false
            /hours/a~1b~0c "08:00"
            /hours/é ""
            /codes/0 1
            /codes/2 3
            /grid/1/0 "x"
            /grid/2/0 "y"
            /grid/2/1 "z"
            /owner/name "Camille" personal
            /owner/phones/0 "+33555000000" personal
            /anything/a/0/b 1e2
            /anything/t true
            """,
            string.Join('\n', told.Select(change => $"{change.Pointer} {change.To!.ToJsonString(Json)}{(change.Personal ? " personal" : "")}")));
    }

    private enum Kind
    {
        Grocery,
        BreadDepot,
    }

    private sealed record Owner(
        [property: PersonalData] string Name, string? Note, [property: Unaudited("It is a secret")] string Code, [property: PersonalData] ImmutableArray<string> Phones);

    private sealed record Place : Document
    {
        public required string Name { get; init; }

        public required Kind Kind { get; init; }

        public required DateTimeOffset Opened { get; init; }

        public required DateOnly Day { get; init; }

        public required long Count { get; init; }

        public required double Latitude { get; init; }

        public required decimal Price { get; init; }

        public required bool IsOpen { get; init; }

        public required ImmutableSortedDictionary<string, string?> Hours { get; init; }

        public required ImmutableArray<int?> Codes { get; init; }

        public required ImmutableArray<ImmutableArray<string>> Grid { get; init; }

        public required Owner Owner { get; init; }

        public required JsonElement Anything { get; init; }
    }
}
