using System.Linq.Expressions;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Marten;

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

#pragma warning disable CA1862 // ToLower in a query is one of the things under test
/// <summary>Generators of documents and predicates over small domains, so that equality, order and null all happen.</summary>
internal static class Probes
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

    public static Gen<Expression<Func<Probe, bool>>> Predicates { get; } = Tree(3);

    private static Gen<Expression<Func<Probe, bool>>> Tree(int depth) => depth == 0 ? Atoms() : Gen.Frequency(
        (3, Atoms()),
        (2, Join(depth, Expression.AndAlso)),
        (2, Join(depth, Expression.OrElse)),
        (3, Tree(depth - 1).Select(inner => Expression.Lambda<Func<Probe, bool>>(Expression.Not(inner.Body), inner.Parameters))),
        (1, Join(depth, Expression.Equal)),
        (1, Join(depth, Expression.NotEqual)));

    private static Gen<Expression<Func<Probe, bool>>> Join(int depth, Func<Expression, Expression, Expression> combine) =>
        from left in Tree(depth - 1)
        from right in Tree(depth - 1)
        select Expression.Lambda<Func<Probe, bool>>(combine(left.Body, new Rebind(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters);

    private static Gen<Expression<Func<Probe, bool>>> Atoms() => Gen.OneOf(
        Compare(probe => probe.Number, Int), Compare(probe => probe.MaybeNumber, MaybeInt), Compare(probe => probe.Distance, Int.Select(value => value * 5_000_000_000L)),
        Compare(probe => probe.Amount, Int.Select(value => value / 4m)), Compare(probe => probe.Ratio, Int.Select(value => value / 10.0)),
        Compare(probe => probe.Day, Day), Compare(probe => probe.MaybeDay, Maybe(Day, value => (DateOnly?)value)),
        Compare(probe => probe.At, Instant), Compare(probe => probe.MaybeAt, Maybe(Instant, value => (DateTimeOffset?)value)),
        Compare(probe => probe.Stamp, Instant.Select(value => value.DateTime)), Compare(probe => probe.Key, Key), Compare(probe => probe.Id, Key),
        Compare(probe => probe.Place.Number, MaybeInt),
        Same(probe => probe.Name, MaybeText), Same(probe => probe.Title, Text), Same(probe => probe.Flag, Bool), Same(probe => probe.MaybeFlag, Maybe(Bool, value => (bool?)value)),
        Same(probe => probe.Kind, Kind), Same(probe => probe.MaybeKind, Maybe(Kind, value => (Nature?)value)), Same(probe => probe.MaybeKey, Maybe(Key, value => (Guid?)value)),
        Same(probe => probe.Place.Commune, MaybeText), Same(probe => probe.Place.Kind, Kind),
        Members(), Strings(), Collections(), Elements());

    private static Gen<Expression<Func<Probe, bool>>> Members() => Gen.Elements<Expression<Func<Probe, bool>>>(
        probe => probe.Flag,
        probe => !probe.Flag,
        probe => probe.MaybeNumber.HasValue,
        probe => probe.MaybeNumber.HasValue == probe.Flag,
        probe => probe.MaybeFlag == true,
        probe => probe.MaybeFlag != probe.Flag,
        probe => probe.MaybeNumber != null && probe.MaybeNumber.Value > probe.Number,
        probe => probe.Number == probe.MaybeNumber,
        probe => probe.Number != probe.MaybeNumber,
        probe => probe.Place.Number > probe.MaybeNumber,
        probe => probe.MaybeNumber == probe.Place.Number,
        probe => probe.MaybeNumber != probe.Place.Number,
        probe => probe.Number > probe.Distance,
        probe => probe.Number >= probe.Amount,
        probe => probe.Name == probe.Title,
        probe => probe.Name != probe.Place.Commune,
        probe => probe.Kind == probe.MaybeKind,
        probe => probe.Place.Kind != probe.Kind,
        probe => probe.MaybeAt > probe.At,
        probe => probe.Key == probe.MaybeKey);

    private static Gen<Expression<Func<Probe, bool>>> Strings() => Gen.Elements(Words).SelectMany(word => Gen.Elements<Expression<Func<Probe, bool>>>(
        probe => probe.Title.Contains(word, StringComparison.Ordinal),
        probe => probe.Title.StartsWith(word, StringComparison.Ordinal),
        probe => probe.Title.EndsWith(word, StringComparison.Ordinal),
        probe => probe.Title.Contains(word, StringComparison.OrdinalIgnoreCase),
        probe => probe.Title.StartsWith(word, StringComparison.OrdinalIgnoreCase),
        probe => probe.Title.EndsWith(word, StringComparison.OrdinalIgnoreCase),
        probe => probe.Title.Equals(word, StringComparison.OrdinalIgnoreCase),
        probe => string.Equals(probe.Name, word, StringComparison.OrdinalIgnoreCase),
        probe => string.IsNullOrEmpty(probe.Name),
        probe => probe.Name != null && probe.Name.Contains(word),
        probe => probe.Name == null || probe.Title.ToLowerInvariant() == word,
        probe => word.Contains(probe.Title)));

    private static Gen<Expression<Func<Probe, bool>>> Collections() =>
        from word in Text
        from number in Int
        from kind in Kind
        from instant in Instant
        from words in MaybeText.ArrayOf(3)
        from numbers in Int.ArrayOf(2)
        from maybeNumbers in MaybeInt.ListOf(3)
        from kinds in Kind.ArrayOf(2)
        from keys in Key.ArrayOf(2)
        from instants in Instant.ArrayOf(2)
        from chosen in Gen.Elements<Expression<Func<Probe, bool>>>(
            probe => probe.Tags.Contains(word),
            probe => probe.Numbers.Contains(number),
            probe => probe.Kinds.Contains(kind),
            probe => probe.Instants.Contains(instant),
            probe => probe.Tags.Any(),
            probe => !probe.Parts.Any(),
            probe => probe.Tags.IsEmpty(),
            probe => probe.Numbers.Count > number,
            probe => probe.Tags.Length == 2,
            probe => probe.Parts.Count == 1,
            probe => words.Contains(probe.Name),
            probe => numbers.Contains(probe.Number),
            probe => maybeNumbers.Contains(probe.MaybeNumber),
            probe => kinds.Contains(probe.Kind),
            probe => keys.Contains(probe.Key),
            probe => instants.Contains(probe.At),
            probe => probe.Number.IsOneOf(numbers),
            probe => probe.Kind.IsOneOf(kinds),
            probe => probe.Name.In(words))
        select chosen;

    private static Gen<Expression<Func<Probe, bool>>> Elements() =>
        from word in Text
        from number in Int
        from kind in Kind
        from numbers in Int.ArrayOf(2)
        from chosen in Gen.Elements<Expression<Func<Probe, bool>>>(
            probe => probe.Tags.Any(tag => tag == word),
            probe => probe.Tags.Any(tag => tag.StartsWith(word, StringComparison.Ordinal)),
            probe => probe.Numbers.Any(one => one > number),
            probe => probe.Numbers.Any(one => one == probe.Number),
            probe => probe.Numbers.All(one => one != number),
            probe => probe.Parts.Any(part => part.Size < number),
            probe => probe.Parts.Any(part => part.Name != word),
            probe => probe.Parts.Any(part => part.Name == word || !(part.Kind == kind)),
            probe => probe.Parts.Any(part => part.Size == probe.Number && part.Kind != probe.Kind),
            probe => probe.Parts.Any(part => part.Marks.Contains(number)),
            probe => probe.Parts.Any(part => part.Marks.Any(mark => mark > part.Size)),
            probe => probe.Parts.All(part => part.Kind == null || numbers.Contains(part.Size)),
            probe => probe.Kinds.Any(one => one == kind))
        select chosen;

    private static Gen<Expression<Func<Probe, bool>>> Same<T>(Expression<Func<Probe, T>> member, Gen<T> values) =>
        Compare(member, values, ExpressionType.Equal, ExpressionType.NotEqual);

    private static Gen<Expression<Func<Probe, bool>>> Compare<T>(Expression<Func<Probe, T>> member, Gen<T> values, params ExpressionType[] kinds) =>
        from kind in Gen.Elements(kinds is not []
            ? kinds
            : [ExpressionType.Equal, ExpressionType.NotEqual, ExpressionType.LessThan, ExpressionType.LessThanOrEqual, ExpressionType.GreaterThan, ExpressionType.GreaterThanOrEqual])
        from value in values
        from mirrored in Bool
        let captured = Expression.Field(Expression.Constant(new Captured<T>(value)), nameof(Captured<>.Value))
        select Expression.Lambda<Func<Probe, bool>>(
            mirrored ? Expression.MakeBinary(kind, captured, member.Body) : Expression.MakeBinary(kind, member.Body, captured), member.Parameters);

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

    private sealed class Captured<T>(T value)
    {
        public readonly T Value = value;
    }

    private sealed class Rebind(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
