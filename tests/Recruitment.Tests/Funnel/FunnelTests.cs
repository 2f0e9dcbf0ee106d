using System.Collections.Immutable;
using MilleCafes.Recruitment.Funnel;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Tests.GerantCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.Funnel;

/// <summary>What is counted of a candidature, and what a corrected decision leaves of it.</summary>
public sealed class FunnelTests
{
    private const string Actor = GerantExample.Actor;

    private static readonly DateTimeOffset Now = GerantExample.Now;

    [Fact]
    public void Each_stage_that_was_left_has_its_days() =>
        Same([2, 5], 3, JourneyEnd.Here, null, Step(Step(Received(), GerantStage.Studied, 2), GerantStage.Interview, 7));

    [Fact]
    public void A_corrected_step_is_not_reached_and_the_stage_before_goes_on_since_it_began()
    {
        var corrected = Step(Step(Received(), GerantStage.Studied, 2), GerantStage.Interview, 5).Correct("Trop vite.", Actor, Now.AddDays(6)).Value;
        Same([2], 2, JourneyEnd.Here, null, corrected);
        Same([2, 8], 3, JourneyEnd.Here, null, Step(corrected, GerantStage.Interview, 10));
    }

    [Fact]
    public void A_refusal_that_was_corrected_is_none()
    {
        var declined = Step(Received(), GerantStage.Studied, 2).DeclineWith(DeclineReason.OfferFilled, null, Actor, Now.AddDays(4)).Value;
        Same([2, 2], 2, JourneyEnd.Declined, DeclineReason.OfferFilled, declined);
        var back = declined.Correct("Par erreur.", Actor, Now.AddDays(5)).Value;
        Same([2], 2, JourneyEnd.Here, null, back);
        Same([2, 7], 3, JourneyEnd.Here, null, Step(back, GerantStage.Interview, 9));
        Same([2, 9], 2, JourneyEnd.Withdrawn, null, Step(back, GerantStage.Withdrawn, 11));
    }

    [Fact]
    public void Who_has_not_confirmed_and_who_was_merged_are_not_counted()
    {
        Assert.Null(Journey.Of(GerantExample.Received(confirmed: false)));
        Assert.Equal("", GerantExample.Received(confirmed: false).FunnelLine);
        Assert.Null(Journey.Of(Received().EndIn(Received(), Now)));
    }

    [Fact]
    public void What_was_erased_had_reached_its_stages_and_is_nowhere_now()
    {
        Same([2], 2, JourneyEnd.Erased, null, Step(Received(), GerantStage.Studied, 2).Erase(Now.AddDays(800)));
        Assert.Equal(JourneyEnd.Here, Journey.Of(GerantExample.At(GerantStage.InPost).Erase(Now.AddDays(800)))!.End);
        Assert.Equal((JourneyEnd.Declined, DeclineReason.Other), Read(Received().DeclineWith(DeclineReason.Other, "Non.", Actor, Now).Value.Erase(Now.AddDays(800))));
    }

    [Fact]
    public void Days_are_those_of_Paris()
    {
        var late = new DateTimeOffset(2023, 4, 3, 21, 59, 0, TimeSpan.Zero);
        var received = Received() with { Stages = [new(null, GerantStage.Received, late, null, null, false)] };
        Assert.Equal([1], Journey.Of(received.MoveTo(GerantStage.Studied, null, Actor, late.AddMinutes(2)).Value)!.Days);
        Assert.StartsWith("20230403|", received.FunnelLine, StringComparison.Ordinal);
        Assert.StartsWith("20230404|", (received with { Stages = [received.Stages[0] with { At = late.AddMinutes(2) }] }).FunnelLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Affiche", "name:affiche")]
    [InlineData("  AFFICHE ", "name:affiche")]
    [InlineData("a|b\n.c", "name:a|b\n.c")]
    [InlineData(" ", "")]
    [InlineData(null, "")]
    public void A_line_reads_back_as_it_was_written(string? name, string source)
    {
        foreach (var candidature in Enum.GetValues<GerantStage>().Select(stage => GerantExample.At(stage)))
        {
            var line = FunnelLine.Read((candidature with { Source = new(name, null) }).FunnelLine);
            Assert.Equal((new DateOnly(2023, 4, 3), Antenne.SouthWest, "12", source), (line.ReceivedOn, line.Antenne, line.Departement, line.Source));
            var journey = Journey.Of(candidature)!;
            Assert.Equal(journey.Days, line.Journey.Days);
            Assert.Equal((journey.Reached, journey.End, journey.Reason), (line.Journey.Reached, line.Journey.End, line.Journey.Reason));
        }
    }

    [Fact]
    public void A_line_tells_the_offer_and_one_of_an_earlier_version_tells_none()
    {
        var offer = Guid.CreateVersion7();
        var declined = (Received() with { OfferId = offer }).DeclineWith(DeclineReason.Other, null, Actor, Now).Value;
        foreach (var candidature in new[] { Received() with { OfferId = offer }, declined })
        {
            Assert.Equal((offer, "name:affiche"), (FunnelLine.Read(candidature.FunnelLine).Offer, FunnelLine.Read(candidature.FunnelLine).Source));
        }

        var earlier = FunnelLine.Read("20230403|SouthWest|12|2|1|Declined.Other|name:affiche");
        Assert.Equal((null, DeclineReason.Other, "name:affiche"), (earlier.Offer, earlier.Journey.Reason, earlier.Source));
        Assert.Null(FunnelLine.Read("20230403|SouthWest|12||1|Here|name:affiche").Offer);
        Assert.Null(FunnelLine.Read(Received().FunnelLine).Offer);
    }

    [Fact]
    public void The_team_is_no_source_but_what_it_says_for_a_candidate_is()
    {
        Assert.Equal("name:foire", FunnelLine.Read((Received() with { Source = new("Foire", Guid.CreateVersion7(), ByTeam: true) }).FunnelLine).Source);
        Assert.Equal("", FunnelLine.Read((Received() with { Source = new(null, Guid.CreateVersion7(), ByTeam: true) }).FunnelLine).Source);
    }

    [Fact]
    public void A_partner_is_its_client_and_corsica_has_no_antenne()
    {
        var client = Guid.CreateVersion7();
        var line = FunnelLine.Read((Received() with { Source = new("Emplois ruraux", client), Antenne = null, Departement = null }).FunnelLine);
        Assert.Equal((null, "", $"client:{client}"), (line.Antenne, line.Departement, line.Source));
        Assert.Equal((client, null), FunnelLine.Told(line.Source));
        Assert.Equal((null, "emplois"), FunnelLine.Told("name:emplois"));
    }

    [Fact]
    public void Whatever_happens_to_a_candidature_the_counts_add_up_and_medians_are_exact()
    {
        var random = new Random(20260101);
        var (tally, journeys) = (new FunnelTally(), new List<Journey>());
        for (var number = 0; number < 2_000; number++)
        {
            var journey = Journey.Of(Random(random))!;
            journeys.Add(journey);
            tally.Count(journey);
        }

        var stages = tally.View();
        Assert.Equal((8, 2_000), (stages.Count, stages[0].Reached));
        foreach (var (stage, index) in stages.Select((stage, index) => (stage, index)))
        {
            Assert.Equal(stage.Reached, stage.Now + stage.WentOn + stage.Declined + stage.Withdrawn + stage.Erased);
            Assert.Equal(stage.WentOn, index + 1 < stages.Count ? stages[index + 1].Reached : 0);
            Assert.Equal(stage.Declined, stage.Declines.Sum(decline => decline.Count));
            int[] stayed = [.. journeys.Where(journey => journey.Days.Length > index).Select(journey => journey.Days[index]).Order()];
            Assert.Equal(stage.WentOn + stage.Declined + stage.Withdrawn, stayed.Length);
            Assert.Equal(stayed.Length == 0 ? null : (stayed[(stayed.Length - 1) / 2] + stayed[stayed.Length / 2]) / 2.0, stage.MedianDays);
        }
    }

    // Steps, refusals, withdrawals and corrections as they come
    private static GerantCandidature Random(Random random)
    {
        var (candidature, now) = (Received() with { OfferId = Guid.CreateVersion7(), OfferInseeCode = "12268" }, Now);
        for (var step = random.Next(14); step > 0; step--)
        {
            now = now.AddHours(random.Next(400));
            var next = random.Next(10) switch
            {
                0 => candidature.DeclineWith((DeclineReason)random.Next(Enum.GetValues<DeclineReason>().Length), null, Actor, now),
                1 => candidature.Withdraw(null, null, now),
                2 or 3 => candidature.Correct("Par erreur.", Actor, now),
                _ => candidature.MoveTo(candidature.Stage + 1, null, Actor, now),
            };
            candidature = next.Error is null ? next.Value : candidature;
        }

        return random.Next(20) == 0 ? candidature.Erase(now) : candidature;
    }

    private static GerantCandidature Received() => GerantExample.Received();

    private static GerantCandidature Step(GerantCandidature candidature, GerantStage stage, int days) => candidature.MoveTo(stage, null, Actor, Now.AddDays(days)).Value;

    private static (JourneyEnd End, DeclineReason? Reason) Read(GerantCandidature candidature) => FunnelLine.Read(candidature.FunnelLine).Journey is var journey ? (journey.End, journey.Reason) : default;

    [Fact]
    public void What_candidates_write_of_their_source_is_one_group_for_whoever_may_not_read_of_persons_and_nobody_is_lost()
    {
        var partner = Guid.CreateVersion7();
        var (open, closed) = (new FunnelGroups(FunnelGrouping.Source, namesPersons: true), new FunnelGroups(FunnelGrouping.Source, namesPersons: false));
        foreach (var source in new CandidatureSource[] { new("Ma voisine Jeanne", null), new("Affiche", null), new(null, null), new("Par Jeanne", partner) })
        {
            var line = FunnelLine.Read((GerantExample.Received() with { Source = source }).FunnelLine);
            open.Count(line);
            closed.Count(line);
        }

        Assert.Equal(4, closed.View().Candidatures);
        Assert.Contains(open.View().Groups, group => group.Source == "ma voisine jeanne");
        Assert.All(closed.View().Groups, group => Assert.Null(group.Source));
        Assert.Equal([(null, 1, false), (partner, 1, false), (null, 2, true)], closed.View().Groups.Select(group => (group.SourceClientId, group.Candidatures, group.Others)));
    }

    private static void Same(ImmutableArray<int> days, int reached, JourneyEnd end, DeclineReason? reason, GerantCandidature candidature)
    {
        var journey = Journey.Of(candidature)!;
        Assert.Equal(days, journey.Days);
        Assert.Equal((reached, end, reason), (journey.Reached, journey.End, journey.Reason));
    }
}
