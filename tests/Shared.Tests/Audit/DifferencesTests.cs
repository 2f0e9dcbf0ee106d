using System.Collections.Immutable;

namespace MilleCafes.Shared.Tests.Audit;

/// <summary>What the audit keeps of a change, and what it keeps out of.</summary>
public sealed class DifferencesTests
{
    private static readonly Meeting Known = new()
    {
        Id = Guid.CreateVersion7(),
        Title = "Rencontre",
        Chair = new("Camille", "s3cret"),
        Attendees = [new("Dominique", "s3cret")],
        ByRole = ImmutableDictionary<string, Attendee>.Empty.Add("a/b", new("Claude", "s3cret")),
        Code = "s3cret",
    };

    [Fact]
    public void Persons_in_lists_and_dictionaries_are_marked_as_persons()
    {
        var changes = Differences.Between(null, Known);
        Assert.Equal(["/attendees/0/name", "/byRole/a~1b/name", "/chair/name"], changes.Where(change => change.Personal).Select(change => change.Pointer).Order(StringComparer.Ordinal));
        Assert.False(changes.Single(change => change.Pointer == "/title").Personal);
    }

    [Fact]
    public void Secrets_are_left_out_at_any_depth() =>
        Assert.DoesNotContain(Differences.Between(null, Known), change => change.Pointer.EndsWith("code", StringComparison.OrdinalIgnoreCase) || change.To?.ToJsonString().Contains("s3cret", StringComparison.Ordinal) is true);

    [Fact]
    public void What_is_taken_away_whole_is_told_member_by_member()
    {
        var changes = Differences.Between(Known, Known with { Chair = null, Attendees = [], ByRole = null, Code = "other" });
        Assert.Equal(["/attendees/0/name", "/byRole/a~1b/name", "/chair/name"], changes.Select(change => change.Pointer).Order(StringComparer.Ordinal));
        Assert.All(changes, change => Assert.True(change.Personal && change.From is not null && change.To is null));
    }

    private sealed record Attendee([property: PersonalData] string Name, [property: Unaudited("It is a secret")] string Code);

    private sealed record Meeting : Document
    {
        public required string Title { get; init; }

        public Attendee? Chair { get; init; }

        public ImmutableArray<Attendee> Attendees { get; init; } = [];

        public ImmutableDictionary<string, Attendee>? ByRole { get; init; }

        [Unaudited("It is a secret")]
        public string? Code { get; init; }
    }
}
