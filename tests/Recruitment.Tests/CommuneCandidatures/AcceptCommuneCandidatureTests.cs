using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class AcceptCommuneCandidatureTests
{
    [Fact]
    public void A_candidature_is_accepted_once()
    {
        var accepted = Example.Submitted().Accept(Example.Ground(), false, null, Example.Actor, Example.Now).Value;

        Assert.Same(CommuneCandidatureErrors.AlreadyAccepted, accepted.Accept(Example.Ground(), false, null, Example.Actor, Example.Now).Error);
    }

    [Fact]
    public void A_candidature_that_is_not_eligible_is_accepted_only_after_an_override()
    {
        Assert.Same(CommuneCandidatureErrors.NotEligible, Example.NotEligible().Accept(Example.Ground(), false, null, Example.Actor, Example.Now).Error);
        Assert.Equal(CommuneCandidatureStatus.Accepted, Example.Overridden().Accept(Example.Ground(), false, null, Example.Actor, Example.Now).Value.Status);
    }

    [Fact]
    public void What_was_judged_as_another_commune_than_today_s_is_not_accepted_before_it_is_judged_again()
    {
        var today = Example.Ground() with { Commune = Example.Commune() with { InseeCode = "12001" } };

        Assert.Same(CommuneCandidatureErrors.CommuneMerged, Example.Submitted().Accept(today, false, null, Example.Actor, Example.Now).Error);
        Assert.Equal("12001", Example.Submitted().Reevaluate(today, null, Example.Actor, Example.Now).Value.Accept(today, false, null, Example.Actor, Example.Now).Value.InseeCode);
    }

    [Fact]
    public void The_message_tells_which_commune_was_taken_in_and_when_and_nobody_s_name()
    {
        var accepted = Example.Submitted().Accept(Example.Ground(), false, null, Example.Actor, Example.Now).Value;

        Assert.Equal(new(accepted.Id, "12268", "Sénergues", "12", Example.Now), accepted.ToAccepted(Example.Now));
    }
}
