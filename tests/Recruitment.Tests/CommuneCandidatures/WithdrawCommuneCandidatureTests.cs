using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class WithdrawCommuneCandidatureTests
{
    private static readonly WithdrawCommuneCandidatureValidator Validator = new();

    [Fact]
    public async Task A_commune_need_not_say_why_it_withdraws()
    {
        Assert.Empty(await Validator.FaultsAsync(new WithdrawCommuneCandidature(Guid.Empty, null)));
        Assert.Null(Example.Submitted().Withdraw(null, Example.Actor, Example.Now).Value.History[^1].Reason);
    }

    [Theory]
    [InlineData(4_000, 0)]
    [InlineData(4_001, 1)]
    public async Task A_reason_has_at_most_4000_characters(int length, int faults) =>
        Assert.Equal(faults, (await Validator.FaultsAsync(new WithdrawCommuneCandidature(Guid.Empty, new('a', length)))).Count);

    [Fact]
    public void A_withdrawn_candidature_is_not_accepted() => Assert.Same(
        CommuneCandidatureErrors.AlreadyWithdrawn,
        Example.Submitted().Withdraw(null, Example.Actor, Example.Now).Value.Accept(Example.Ground(), false, null, Example.Actor, Example.Now).Error);
}
