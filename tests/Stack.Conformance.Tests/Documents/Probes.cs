using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

public enum Nature
{
    Epicerie,
    Bar,
    Restaurant,
}

public sealed record Lieu(string? Commune, int? Number, Nature Kind);

public sealed record Part(string? Name, int Size, Nature? Kind, int[] Marks);

/// <summary>A document with a member of every type that queries know.</summary>
public sealed record Probe
{
    public Guid Id { get; init; }
    public int Number { get; init; }
    public int? MaybeNumber { get; init; }
    public long Distance { get; init; }
    public decimal Amount { get; init; }
    public double Ratio { get; init; }
    public string? Name { get; init; }
    public string Title { get; init; } = "";
    public bool Flag { get; init; }
    public bool? MaybeFlag { get; init; }
    public DateOnly Day { get; init; }
    public DateOnly? MaybeDay { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? MaybeAt { get; init; }
    public DateTime Stamp { get; init; }
    public Nature Kind { get; init; }
    public Nature? MaybeKind { get; init; }
    public Guid Key { get; init; }
    public Guid? MaybeKey { get; init; }
    public Lieu Place { get; init; } = new(null, null, Nature.Bar);
    public string[] Tags { get; init; } = [];
    public List<int> Numbers { get; init; } = [];
    public IReadOnlyList<Nature> Kinds { get; init; } = [];
    public DateTimeOffset[] Instants { get; init; } = [];
    public IReadOnlyList<Part> Parts { get; init; } = [];
}

/// <summary>Generators of documents over small domains, so that equality, order and null all happen.</summary>
internal static partial class Probes
{
    private static readonly string[] Words =
    [
        "", "a", "A", "b", "ab", "é", "É", "été", "Café", "CAFÉ", "cafe", "O'Brien", "100%", "_", "\\", "\"", "'; DROP TABLE x; --", "$1", "?", "日本", "😀",
        "\uff5e", "a\nb", "{}", "[]", "null",
    ];

    private static readonly Gen<string> Text = Gen.Elements(Words);
    private static readonly Gen<string?> MaybeText = Maybe(Text);
    private static readonly Gen<int> Int = Gen.Choose(-3, 3);
    private static readonly Gen<int?> MaybeInt = Maybe(Int, value => (int?)value);
    private static readonly Gen<bool> Bool = Gen.Elements(true, false);
    private static readonly Gen<Nature> Kind = Gen.Elements(Enum.GetValues<Nature>());
    private static readonly Gen<DateOnly> Day = Gen.Choose(-2, 2).Select(days => new DateOnly(2024, 3, 1).AddDays(days));
    private static readonly Gen<DateTimeOffset> Instant =
        from step in Gen.Choose(-3, 3)
        from zone in Gen.Choose(-2, 2)
        from unit in Gen.Elements(TimeSpan.FromHours(1), TimeSpan.FromMicroseconds(1), TimeSpan.FromDays(200))
        select (new DateTimeOffset(2024, 3, 31, 1, 30, 0, TimeSpan.Zero) + (unit * step)).ToOffset(TimeSpan.FromHours(zone));

    private static readonly Gen<Guid> Key = Gen.Choose(0, 4).Select(value => Guid.Parse($"{(value * 0x33):x2}000000-0000-7000-8000-0000000000{(value * 0x21):x2}"));

    private static readonly Gen<Part> Piece =
        from name in MaybeText
        from size in Int
        from kind in Maybe(Kind, value => (Nature?)value)
        from marks in Int.ArrayOf(2)
        select new Part(name, size, kind, marks);

    public static Gen<Probe> Documents { get; } =
        from numbers in Int.ArrayOf(5)
        from maybeNumbers in MaybeInt.ArrayOf(2)
        from name in MaybeText
        from texts in MaybeText.ArrayOf(2)
        from flags in Bool.ArrayOf(2)
        from days in Day.ArrayOf(2)
        from instants in Instant.ArrayOf(4)
        from kinds in Kind.ArrayOf(4)
        from keys in Key.ArrayOf(2)
        from given in Bool.ArrayOf(5)
        from tags in Text.ArrayOf().Resize(3)
        from list in Int.ArrayOf().Resize(3)
        from parts in Piece.ArrayOf().Resize(3)
        select new Probe
        {
            Id = Guid.CreateVersion7(),
            Number = numbers[0],
            MaybeNumber = maybeNumbers[0],
            Distance = numbers[1] * 5_000_000_000L,
            Amount = numbers[2] / 4m,
            Ratio = numbers[3] / 10.0,
            Name = name,
            Title = texts[0] ?? "titre",
            Flag = flags[0],
            MaybeFlag = given[0] ? flags[1] : null,
            Day = days[0],
            MaybeDay = given[1] ? days[1] : null,
            At = instants[0],
            MaybeAt = given[2] ? instants[1] : null,
            Stamp = instants[2].DateTime,
            Kind = kinds[0],
            MaybeKind = given[3] ? kinds[1] : null,
            Key = keys[0],
            MaybeKey = given[4] ? keys[1] : null,
            Place = new Lieu(texts[1], maybeNumbers[1], kinds[2]),
            Tags = tags,
            Numbers = [.. list],
            Kinds = [.. kinds.Take(tags.Length)],
            Instants = [.. instants.Take(list.Length)],
            Parts = parts,
        };

    private static Gen<T?> Maybe<T>(Gen<T> values)
        where T : class => Gen.Frequency((1, Gen.Constant<T?>(null)), (4, values.Select(value => (T?)value)));

    private static Gen<TMaybe> Maybe<T, TMaybe>(Gen<T> values, Func<T, TMaybe> wrap) =>
        Gen.Frequency((1, Gen.Constant(default(TMaybe)!)), (4, values.Select(wrap)));

    /// <summary>UTF-8's order, which is that of code points, null first.</summary>
    public static int ByCodePoint(string? left, string? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)),
    };
}
