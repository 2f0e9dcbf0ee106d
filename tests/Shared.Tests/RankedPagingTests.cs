using FsCheck;
using FsCheck.Fluent;

namespace MilleCafes.Shared.Tests;

public sealed class RankedPagingTests
{
    private static readonly Arbitrary<(int One, int Other, int Seconds)> AnyTwo = (
        from one in Gen.Choose(0, ushort.MaxValue)
        from other in Gen.Choose(0, ushort.MaxValue)
        from seconds in Gen.Choose(1, 100_000_000)
        select (one, other, seconds)).ToArbitrary();

    [Fact]
    public void The_better_comes_first_and_the_older_among_equals() => Prop.ForAll(AnyTwo, pair =>
    {
        var (older, younger) = (Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(pair.Seconds)), Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(pair.Seconds + 1)));
        return RankedPaging.KeyOf(pair.One, older) < RankedPaging.KeyOf(pair.One, younger)
            && (pair.One == pair.Other || RankedPaging.KeyOf(Math.Max(pair.One, pair.Other), younger) < RankedPaging.KeyOf(Math.Min(pair.One, pair.Other), older));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_key_from_a_score_parts_those_that_have_it_from_those_that_have_not() => Prop.ForAll(AnyTwo, pair =>
        (RankedPaging.KeyOf(pair.One, Guid.CreateVersion7()) <= RankedPaging.LastKeyFrom(pair.Other)) == (pair.One >= pair.Other)).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_things_of_one_instant_have_two_keys()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(53);
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => RankedPaging.KeyOf(55, Guid.CreateVersion7(now))).Distinct().Count());
    }
}
