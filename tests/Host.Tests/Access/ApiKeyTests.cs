using MilleCafes.Host.Access.Keys;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(31, null)]
    [InlineData(30, 30)]
    [InlineData(8, 30)]
    [InlineData(7, 7)]
    [InlineData(1, 7)]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    public void A_notice_is_due_30_and_7_days_before_the_end(int days, int? due) => Assert.Equal(due, Ending(days).NoticeDue(Now));

    [Fact]
    public void A_notice_is_given_once_and_the_shorter_one_still_comes()
    {
        var told = Ending(20).Notify(30, Now);

        Assert.Null(told.NoticeDue(Now));
        Assert.Equal(7, told.NoticeDue(Now.AddDays(14)));
        Assert.Null(told.Notify(7, Now).NoticeDue(Now.AddDays(14)));
    }

    [Fact]
    public void A_key_that_was_revoked_or_has_a_successor_needs_no_notice()
    {
        Assert.Null(Ending(5).Revoke(Now).Value.NoticeDue(Now));
        Assert.Null(Ending(5).Rotate(Guid.CreateVersion7(Now), TimeSpan.FromDays(2), Now).Value.NoticeDue(Now));
    }

    [Theory]
    [InlineData(null, 24, 24)]
    [InlineData(10, 24, 24)]
    [InlineData(1, 48, 24)]
    public void A_rotated_key_lives_for_the_overlap_and_never_longer_than_it_would_have(int? daysLeft, int overlapHours, int hoursLeft)
    {
        var rotated = Ending(daysLeft).Rotate(Guid.CreateVersion7(Now), TimeSpan.FromHours(overlapHours), Now).Value;

        Assert.Equal(Now.AddHours(hoursLeft), rotated.ExpiresAt);
    }

    [Fact]
    public void What_has_ended_is_neither_revoked_nor_rotated_again()
    {
        var revoked = Ending(null).Revoke(Now).Value;

        Assert.Equal(KeyErrors.AlreadyRevoked, revoked.Revoke(Now).Error);
        Assert.Equal(KeyErrors.AlreadyRevoked, revoked.Rotate(Guid.CreateVersion7(Now), TimeSpan.Zero, Now).Error);
        Assert.Equal(KeyErrors.Expired, Ending(-1).Rotate(Guid.CreateVersion7(Now), TimeSpan.Zero, Now).Error);
    }

    private static ApiKey Ending(int? days) =>
        ApiKey.Create(Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), ["recruitment:read"], Now, expiresAt: days is null ? null : Now.AddDays(days.Value)).Key;
}
