using MilleCafes.Recruitment.GerantCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

public sealed class MergeTests
{
    private static readonly DateTimeOffset Later = GerantExample.Now.AddDays(3);

    [Fact]
    public void The_one_that_stays_keeps_all_of_the_other_and_the_other_nothing_of_the_person()
    {
        var (staying, ending) = (GerantExample.At(GerantStage.Studied), GerantExample.At(GerantStage.Declined));
        var kept = staying.Merge(ending, null, GerantExample.Actor, Later).Value;
        var ended = ending.EndIn(staying, Later);

        var absorbed = Assert.Single(kept.Absorbed);
        Assert.Equal((ending.Id, ending.Applicant, ending.Stage, ending.Consent), (absorbed.Id, absorbed.Applicant, absorbed.Stage, absorbed.Consent));
        Assert.Equal(ending.Stages, absorbed.Stages);
        Assert.Equal([kept.Id, ending.Id], kept.Subjects());
        Assert.Equal((staying.Id, Later, Applicant.Erased), (ended.MergedInto, ended.DeletedAt, ended.Applicant));
        Assert.Null(ended.EmailKey);
        Assert.All(ended.Stages, change => Assert.Null(change.Reason));
    }

    [Fact]
    public void What_had_become_part_of_the_one_that_ends_becomes_part_of_the_one_that_stays()
    {
        var (first, second, third) = (GerantExample.Received(), GerantExample.Received(), GerantExample.Received());
        var merged = third.Merge(second.Merge(first, null, null, Later).Value, null, null, Later).Value;
        Assert.Equal([third.Id, first.Id, second.Id], merged.Subjects());
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    public void One_that_was_confirmed_becomes_part_of_no_other_that_may_be_erased(bool staying, bool ending, bool allowed)
    {
        var merged = GerantExample.Received(confirmed: staying).Merge(GerantExample.Received(confirmed: ending), "Même personne.", null, Later);
        Assert.Equal(allowed ? null : GerantCandidatureErrors.NotConfirmed, merged.Error);
    }

    [Fact]
    public void Two_that_share_neither_address_nor_number_need_a_reason()
    {
        var other = GerantExample.Received(applicant: GerantExample.Camille with { Email = "autre@example.org", Phone = null });
        Assert.Equal(GerantCandidatureErrors.NoDuplicates, GerantExample.Received().Merge(other, " ", null, Later).Error);
        Assert.Null(GerantExample.Received().Merge(other, "Même personne.", null, Later).Error);
        Assert.Null(GerantExample.Received().Merge(GerantExample.Received(applicant: GerantExample.Camille with { Email = "autre@example.org", Phone = "+33639981234" }), null, null, Later).Error);
    }

    [Theory]
    [InlineData(nameof(GerantStage.Studied), nameof(GerantStage.Interview), false)]
    [InlineData(nameof(GerantStage.Interview), nameof(GerantStage.Studied), true)]
    [InlineData(nameof(GerantStage.Withdrawn), nameof(GerantStage.Received), false)]
    [InlineData(nameof(GerantStage.Received), nameof(GerantStage.Withdrawn), true)]
    [InlineData(nameof(GerantStage.Declined), nameof(GerantStage.Withdrawn), true)]
    public void The_one_that_is_further_along_stays(string staying, string ending, bool allowed) =>
        Assert.Equal(allowed, GerantExample.At(Enum.Parse<GerantStage>(staying)).Merge(GerantExample.At(Enum.Parse<GerantStage>(ending)), null, null, Later).Error is null);

    [Fact]
    public void A_link_opens_once_and_only_in_its_time()
    {
        var (link, token) = CandidateLink.Make(Guid.CreateVersion7(), LinkPurpose.Confirmation, Later, GerantExample.Now);
        Assert.Equal(link.Hash, CandidateLink.HashOf(token));
        Assert.DoesNotContain(token, link.ToString(), StringComparison.Ordinal);
        Assert.Equal(GerantCandidatureErrors.LinkExpired, link.Use(Later).Error);
        Assert.Equal(GerantCandidatureErrors.LinkUsed, link.Use(GerantExample.Now).Value.Use(GerantExample.Now).Error);
    }
}
