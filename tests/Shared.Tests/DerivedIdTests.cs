using FsCheck;
using FsCheck.Fluent;

namespace MilleCafes.Shared.Tests;

public sealed class DerivedIdTests
{
    private static readonly DateTimeOffset Now = new(2023, 4, 15, 8, 0, 0, TimeSpan.Zero);

    private static readonly Arbitrary<(Guid Cause, string Purpose, DateTimeOffset Instant)> AnyCause =
        (from cause in ArbMap.Default.GeneratorFor<Guid>()
         from purpose in Gen.Elements("CafeProject", "GeranceOffer", "")
         from seconds in Gen.Choose(0, int.MaxValue)
         from milliseconds in Gen.Choose(0, 999)
         select (cause, purpose, DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddMilliseconds(milliseconds))).ToArbitrary();

    [Fact]
    public void The_same_cause_always_gives_the_same_id() => Prop.ForAll(AnyCause, any =>
        DerivedId.From(any.Cause, any.Purpose, any.Instant) == DerivedId.From(any.Cause, any.Purpose, any.Instant)).QuickCheckThrowOnFailure();

    [Fact]
    public void It_is_a_uuid_of_version_7_that_carries_its_instant() => Prop.ForAll(AnyCause, any =>
    {
        var id = DerivedId.From(any.Cause, any.Purpose, any.Instant);
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = bytes[..6].ToArray().Aggregate(0L, (sum, next) => (sum << 8) | next);
        return id is { Version: 7, Variant: >= 8 and <= 11 } && milliseconds == any.Instant.ToUnixTimeMilliseconds();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ids_are_in_the_order_of_their_instants() => Prop.ForAll(AnyCause, AnyCause, (one, other) =>
    {
        var order = one.Instant.ToUnixTimeMilliseconds().CompareTo(other.Instant.ToUnixTimeMilliseconds());
        return order == 0 || Math.Sign(DerivedId.From(one.Cause, one.Purpose, one.Instant).CompareTo(DerivedId.From(other.Cause, other.Purpose, other.Instant))) == order;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_cause_at_the_same_instant_gives_another_id() => Prop.ForAll(AnyCause, AnyCause, (one, other) =>
        one.Cause == other.Cause || DerivedId.From(one.Cause, one.Purpose, Now) != DerivedId.From(other.Cause, one.Purpose, Now)).QuickCheckThrowOnFailure();

    [Fact]
    public void One_cause_can_lead_to_several_documents_by_their_purposes() => Prop.ForAll(AnyCause, any =>
        DerivedId.From(any.Cause, "CafeProject", any.Instant) != DerivedId.From(any.Cause, "GeranceOffer", any.Instant)).QuickCheckThrowOnFailure();
}
