using System.Linq.Expressions;
using FsCheck;
using FsCheck.Fluent;
using Marten;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

#pragma warning disable CA1862 // ToLower in a query is one of the things under test
/// <summary>Generators of predicates: every operator that queries know, joined at random.</summary>
internal static partial class Probes
{
    public static Gen<Expression<Func<Probe, bool>>> Predicates { get; } = Tree(3);

    private static Gen<Expression<Func<Probe, bool>>> Tree(int depth) => depth == 0 ? Atoms() : Gen.Frequency(
        (3, Atoms()),
        (2, Join(depth, Expression.AndAlso)),
        (2, Join(depth, Expression.OrElse)),
        (3, Tree(depth - 1).Select(inner => Expression.Lambda<Func<Probe, bool>>(Expression.Not(inner.Body), inner.Parameters))),
        (1, Join(depth, Expression.And)),
        (1, Join(depth, Expression.Or)),
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
        probe => probe.Name == null,
        probe => probe.Place.Commune != null,
        probe => probe.MaybeKind == null,
        probe => probe.MaybeAt != null,
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
        probe => probe.Place.Commune != null && probe.Place.Commune.StartsWith(word, StringComparison.OrdinalIgnoreCase),
        probe => probe.Title.ToUpperInvariant() == word,
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
            probe => probe.Name.IsOneOf(words))
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

    private sealed class Captured<T>(T value)
    {
        public readonly T Value = value;
    }

    private sealed class Rebind(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
