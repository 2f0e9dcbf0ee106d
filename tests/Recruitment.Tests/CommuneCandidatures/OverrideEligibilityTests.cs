using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class OverrideEligibilityTests
{
    private static readonly OverrideEligibilityValidator Validator = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public async Task An_override_needs_a_written_reason(string? reason) =>
        Assert.Equal(["/reason not_empty"], await Validator.FaultsAsync(new OverrideEligibility(Guid.Empty, reason!)));

    [Theory]
    [InlineData(4_000, 0)]
    [InlineData(4_001, 1)]
    public async Task A_reason_has_at_most_4000_characters(int length, int faults) =>
        Assert.Equal(faults, (await Validator.FaultsAsync(new OverrideEligibility(Guid.Empty, new('a', length)))).Count);

    [Fact]
    public void An_override_leaves_the_judgement_as_it_was_and_keeps_its_reason()
    {
        var overridden = Example.NotEligible().OverrideEligibility("Le conseil porte le dossier.", "key", Example.Now).Value;

        Assert.False(overridden.Eligibility.Eligible);
        Assert.Equal(new("Le conseil porte le dossier.", "key", Example.Now), overridden.Override);
        Assert.Equal(new("eligibilityOverridden", Example.Now, "key", "Le conseil porte le dossier."), overridden.History[^1]);
    }

    [Fact]
    public void An_eligible_candidature_needs_no_override() => Assert.Same(
        CommuneCandidatureErrors.AlreadyEligible, Example.Submitted().OverrideEligibility("Motif", Example.Actor, Example.Now).Error);
}
