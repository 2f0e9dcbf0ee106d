using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
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

    [Fact]
    public void What_the_other_one_wished_and_how_it_went_is_kept_and_its_wishes_are_those_of_the_one_that_had_none()
    {
        var ending = GerantExample.At(GerantStage.Studied) with
        {
            Wishes = new(["Occitanie"], ["12"], Antenne.NorthEast), Training = new(Guid.CreateVersion7(), GerantExample.Now),
        };
        ending = ending.DeclineWith(DeclineReason.AnotherProject, "Ailleurs.", GerantExample.Actor, Later).Value;

        var kept = GerantExample.Received().Merge(ending, null, null, Later).Value;

        var absorbed = Assert.Single(kept.Absorbed);
        Assert.Equal((ending.Wishes, ending.Decline, ending.Training, ending.ConfirmedAt), (absorbed.Wishes, absorbed.Decline, absorbed.Training, absorbed.ConfirmedAt));
        Assert.Equal((ending.Wishes, ending.Wishes!.Antenne), (kept.Wishes, kept.Antenne));
        var wishing = GerantExample.Received() with { Wishes = new([], ["15"], null) };
        Assert.Equal(wishing.Wishes, wishing.Merge(ending, null, null, Later).Value.Wishes);
        var erased = Assert.Single(kept.Erase(Later).Absorbed);
        Assert.Equal((null, DeclineReason.AnotherProject, null), (erased.Wishes, erased.Decline!.Reason, erased.Decline.Text));
    }

    [Theory]
    [InlineData(true, false, 1, false)]
    [InlineData(false, true, 1, true)]
    [InlineData(true, false, -1, true)]
    [InlineData(false, true, -1, false)]
    public void What_was_said_last_of_being_remembered_longer_counts_whichever_stays(bool staying, bool ending, int daysLater, bool keepsLonger)
    {
        var told = GerantExample.Now.AddDays(daysLater);
        var second = GerantExample.Received() with { Consent = GerantExample.Consent with { KeepsLonger = ending, GivenAt = told } };
        var kept = (GerantExample.Received() with { Consent = GerantExample.Consent with { KeepsLonger = staying } }).Absorb(second, CandidatureDeed.AppliedAgain, null, null, Later);

        Assert.Equal((keepsLonger, GerantExample.Now), (kept.Consent.KeepsLonger, kept.Consent.GivenAt));
        // What came between is older than what was said last
        var between = GerantExample.Received() with { Consent = GerantExample.Consent with { KeepsLonger = !keepsLonger, GivenAt = GerantExample.Now.AddHours(-1) } };
        Assert.Equal(keepsLonger, kept.Absorb(between, CandidatureDeed.AppliedAgain, null, null, Later).Consent.KeepsLonger);
    }

    [Fact]
    public void A_gérant_who_has_left_can_apply_anew_and_one_in_post_stays_the_one_that_is_further_along()
    {
        var left = InPost(new(2023, 4, 4));
        Assert.Equal(GerantCandidatureErrors.MergeBackwards, GerantExample.Received().Merge(InPost(null), null, null, Later).Error);
        Assert.Equal(GerantCandidatureErrors.MergeBackwards, GerantExample.Received().Merge(InPost(new(2024, 1, 1)), null, null, Later).Error);

        var kept = GerantExample.Received().Merge(left, null, null, Later).Value;

        Assert.Equal(left.Installation, Assert.Single(kept.Absorbed).Installation);
        Assert.Equal(left.SilentSince, kept.LastContactAt);
        Assert.Equal(GerantCandidatureErrors.MergeBackwards, left.Merge(GerantExample.At(GerantStage.Studied), null, null, Later).Error);
        Assert.Equal(GerantCandidatureErrors.MergeBackwards, left.Merge(InPost(null), null, null, Later).Error);
        Assert.Equal(GerantCandidatureErrors.BothInPost, InPost(null).Merge(InPost(null), null, null, Later).Error);
        Assert.Null(InPost(null).Merge(left, null, null, Later).Error);

        static GerantCandidature InPost(DateOnly? endedOn) =>
            GerantExample.At(GerantStage.InPost) with { OfferId = Guid.CreateVersion7(), Installation = new(null, null, "12268", new(2023, 4, 3), endedOn) };
    }

    [Fact]
    public void Whoever_was_known_by_another_address_or_number_is_still_known_by_it_and_no_more_once_erased()
    {
        var other = GerantExample.Received(confirmed: false, applicant: GerantExample.Camille with { Email = "Autre@example.org", Phone = "06 39 98 00 00" }).Confirm(null, null, GerantExample.Now).Value;
        var kept = GerantExample.Received().Merge(other, "Même personne.", null, Later).Value;

        Assert.Equal(["autre@example.org", "+33639980000"], kept.FormerKeys);
        Assert.True(kept.SharesContactWith(GerantExample.Received(applicant: GerantExample.Camille with { Email = "autre@example.org", Phone = null })));
        Assert.Equal((other.Id, kept.Id), (kept.StoodByAt("autre@example.org"), kept.StoodByAt("camille@example.org")));
        Assert.Equal("Autre@example.org", kept.AddressOf(other.Id));
        Assert.Empty(kept.Erase(Later).FormerKeys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_address_that_nobody_stood_by_is_found_and_is_nobody_s_though_a_partner_handed_it_on(bool handedOn)
    {
        var unconfirmed = GerantExample.Received(confirmed: handedOn, applicant: GerantExample.Camille with { Email = "autre@example.org" }) with { Source = new(null, handedOn ? Guid.CreateVersion7() : null) };
        var kept = GerantExample.Received().Merge(unconfirmed, null, null, Later).Value;

        Assert.Equal((true, false), (kept.StandsNotBy(unconfirmed), kept.StandsNotBy(unconfirmed with { Applicant = GerantExample.Camille })));
        Assert.Equal(["autre@example.org"], kept.FormerKeys);
        Assert.Equal(["camille@example.org"], kept.AddressKeys);
        Assert.Null(kept.StoodByAt("autre@example.org"));
    }

    [Theory]
    [InlineData(true, false, true, true)]
    [InlineData(true, false, false, false)]
    [InlineData(true, true, true, false)]
    [InlineData(false, false, true, false)]
    public void The_address_that_was_answered_from_takes_the_place_of_one_that_only_a_partner_gave(bool byPartner, bool putRight, bool answered, bool taken)
    {
        var staying = GerantExample.Received() with { Source = new(null, Guid.CreateVersion7(), ByTeam: !byPartner) };
        // That another thing was put right says nothing of the address
        staying = staying.ChangeApplicant(GerantExample.Camille with { Phone = "06 39 98 12 35" }, null, "Au téléphone.", Antennes.Usual, Later, GerantExample.Actor, Later);
        staying = putRight ? (staying with { Applicant = GerantExample.Camille with { Email = "faute@example.org" } }).ChangeApplicant(GerantExample.Camille, null, "Au téléphone.", Antennes.Usual, Later, GerantExample.Actor, Later) : staying;
        var ending = GerantExample.Received(confirmed: !answered, applicant: GerantExample.Camille with { Email = "autre@example.org" });
        ending = answered ? ending.Confirm(null, null, GerantExample.Now).Value : ending;

        var kept = staying.Merge(ending, "Même personne.", null, Later).Value;
        var again = (GerantExample.Received() with { Source = staying.Source }).Merge(kept, "Même personne.", null, Later).Value;

        var email = taken ? "autre@example.org" : "camille@example.org";
        Assert.Equal((email, email), (kept.Applicant.Email, again.Applicant.Email));
        Assert.Equal(taken, kept.StoodByAt("camille@example.org") is null);
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
