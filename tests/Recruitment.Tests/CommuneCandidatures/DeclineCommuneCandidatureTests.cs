using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class DeclineCommuneCandidatureTests
{
    private static readonly DeclineCommuneCandidatureValidator Validator = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public async Task A_candidature_is_not_declined_without_a_reason(string? reason) =>
        Assert.Equal(["/reason not_empty"], await Validator.FaultsAsync(new DeclineCommuneCandidature(Guid.Empty, reason!)));

    [Theory]
    [InlineData(4_000, 0)]
    [InlineData(4_001, 1)]
    public async Task A_reason_has_at_most_4000_characters(int length, int faults) =>
        Assert.Equal(faults, (await Validator.FaultsAsync(new DeclineCommuneCandidature(Guid.Empty, new('a', length)))).Count);

    [Fact]
    public void A_candidature_can_be_declined_whether_eligible_or_not_and_keeps_the_reason()
    {
        Assert.Equal("Un café ouvre déjà.", Example.Submitted().Decline("Un café ouvre déjà.", Example.Actor, Example.Now).Value.History[^1].Reason);
        Assert.Equal(CommuneCandidatureStatus.Declined, Example.NotEligible().Decline("Trop d'habitants.", Example.Actor, Example.Now).Value.Status);
    }
}
