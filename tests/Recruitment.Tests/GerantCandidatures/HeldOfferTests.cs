using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

/// <summary>Which offers were somebody's, and how long: what was said of these meanwhile is said of them.</summary>
public sealed class HeldOfferTests
{
    private static readonly Guid First = Guid.CreateVersion7();
    private static readonly Guid Second = Guid.CreateVersion7();

    [Fact]
    public void An_offer_that_was_only_proposed_was_never_theirs()
    {
        var candidature = MoveTo(GerantStage.Retained, Propose(Propose(GerantExample.At(GerantStage.Studied), First, 1), Second, 2), 3);

        Assert.Equal([new(Second, Day(3), DateTimeOffset.MaxValue)], candidature.OffersHeld());
    }

    [Fact]
    public void The_offer_of_the_letter_was_theirs_until_a_correction_though_another_is_now()
    {
        var retained = MoveTo(GerantStage.Retained, Answering(First), 1);
        var freed = Correct(Correct(retained, 2), 2);
        var again = MoveTo(GerantStage.Retained, Propose(freed, Second, 3), 4);

        Assert.Equal([new(First, Day(1), Day(2)), new HeldOffer(Second, Day(4), DateTimeOffset.MaxValue)], again.OffersHeld());
    }

    [Fact]
    public void It_is_theirs_until_the_end_of_their_last_day_in_post()
    {
        var installed = MoveTo(GerantStage.InPost, Answering(First), 1) with { Installation = new(First, null, "12268", new(2023, 4, 5), new DateOnly(2023, 9, 30)) };

        var held = Assert.Single(installed.OffersHeld());
        Assert.Equal(new(2023, 9, 30, 22, 0, 0, TimeSpan.Zero), held.Until);
    }

    [Fact]
    public void What_was_done_to_it_meanwhile_may_speak_of_them_and_what_was_done_first_afterwards()
    {
        OfferEvent[] history = [.. Enumerable.Range(0, 6).Select(day => new OfferEvent("changed", Day(day), null, $"{day}"))];

        Assert.Equal(["1", "2", "3"], new HeldOffer(First, Day(1), Day(3)).Concerned(history).Select(done => done.Reason));
        Assert.Equal(["4", "5"], new HeldOffer(First, Day(4), DateTimeOffset.MaxValue).Concerned(history).Select(done => done.Reason));
    }

    [Fact]
    public void What_became_part_of_it_held_its_own()
    {
        var other = MoveTo(GerantStage.Declined, MoveTo(GerantStage.Retained, Answering(First), 1), 2);
        var survivor = MoveTo(GerantStage.Retained, Answering(Second), 3).Merge(other, null, null, Day(4)).Value;

        Assert.Equal([new(First, Day(1), Day(2)), new HeldOffer(Second, Day(3), DateTimeOffset.MaxValue)], survivor.OffersHeld());
    }

    [Fact]
    public void Of_a_path_of_before_such_acts_were_noted_it_is_the_present_one() =>
        Assert.Equal(First, Assert.Single((MoveTo(GerantStage.Retained, GerantExample.Received(), 1) with { OfferId = First, Acts = [] }).OffersHeld()).OfferId);

    [Fact]
    public void Nobody_who_was_not_retained_held_any() => Assert.Empty(MoveTo(GerantStage.Presented, Answering(First), 1).OffersHeld());

    private static DateTimeOffset Day(int number) => GerantExample.Now.AddDays(number);

    private static GerantCandidature Answering(Guid offer)
    {
        var received = GerantExample.Received();
        return received with { OfferId = offer, OfferInseeCode = "12268", Acts = [received.Acts[0] with { Other = offer }] };
    }

    private static GerantCandidature Propose(GerantCandidature candidature, Guid offer, int day) =>
        candidature with { OfferId = offer, Acts = candidature.Acts.Add(new(CandidatureDeed.OfferProposed, Day(day), GerantExample.Actor, null, offer)) };

    private static GerantCandidature Correct(GerantCandidature candidature, int day) => candidature.Correct("Erreur.", GerantExample.Actor, Day(day)).Value;

    private static GerantCandidature MoveTo(GerantStage stage, GerantCandidature candidature, int day)
    {
        while (candidature.Stage != stage)
        {
            candidature = candidature.MoveTo(stage.IsOnPath() ? candidature.Stage + 1 : stage, null, GerantExample.Actor, Day(day)).Value;
        }

        return candidature;
    }
}
