using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class AcceptCommuneCandidatureTests
{
    [Fact]
    public void A_candidature_is_accepted_once()
    {
        var accepted = Example.Submitted().Accept(false, null, Example.Actor, Example.Now).Value;

        Assert.Same(CommuneCandidatureErrors.AlreadyAccepted, accepted.Accept(false, null, Example.Actor, Example.Now).Error);
    }

    [Fact]
    public void A_candidature_that_is_not_eligible_is_accepted_only_after_an_override()
    {
        Assert.Same(CommuneCandidatureErrors.NotEligible, Example.NotEligible().Accept(false, null, Example.Actor, Example.Now).Error);
        Assert.Equal(CommuneCandidatureStatus.Accepted, Example.Overridden().Accept(false, null, Example.Actor, Example.Now).Value.Status);
    }

    [Fact]
    public void The_message_tells_which_commune_was_taken_in_and_when_and_nobody_s_name()
    {
        var accepted = Example.Submitted().Accept(false, null, Example.Actor, Example.Now).Value;

        Assert.Equal(new(accepted.Id, "12268", "Sénergues", "12", Example.Now), accepted.ToAccepted(Example.Now));
    }
}
