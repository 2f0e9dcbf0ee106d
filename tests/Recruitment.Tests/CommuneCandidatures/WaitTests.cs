using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>Whom a candidature waits for, since when and until when; and which antenne studies it.</summary>
public sealed class WaitTests
{
    private static readonly DateTimeOffset Later = Example.Now.AddDays(3);
    private static readonly DateOnly Due = new(2023, 5, 2);

    [Fact]
    public void It_waits_for_the_team_then_for_whom_it_asked_and_for_nobody_once_closed()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var submitted = Example.Submitted();
        Expect(submitted, CandidatureWait.Team, Example.Now, null);
        var visited = submitted.PlanVisit(Due, "key", Later).Value;
        Expect(visited, CandidatureWait.Visit, Later, Due);
        var asked = visited.RequestOpinion(new(first, "Antenne", "?", Due.AddDays(5), "key", Later.AddDays(1))).Value.RequestOpinion(new(second, "Banque", "?", Due.AddDays(2), "key", Later.AddDays(2))).Value;
        Expect(asked, CandidatureWait.Opinion, Later.AddDays(1), Due.AddDays(2));
        Expect(asked.GiveOpinion(second, Advice.Favourable, null, "key", Later.AddDays(3)).Value, CandidatureWait.Opinion, Later.AddDays(1), Due.AddDays(5));
        var corrected = asked.RequestCorrections("La surface", Due.AddDays(1), "key", Later.AddDays(4)).Value;
        Expect(corrected, CandidatureWait.Mairie, Later.AddDays(4), Due.AddDays(1));
        Expect(corrected.AnswerCorrections("65 m²", "key", Later.AddDays(5)).Value, CandidatureWait.Opinion, Later.AddDays(1), Due.AddDays(2));
        Expect(corrected.Decline("Non", "key", Later.AddDays(5)).Value, CandidatureWait.Nobody, null, null);
    }

    [Fact]
    public void What_leaves_the_turn_with_the_team_does_not_send_a_file_to_the_end_of_the_line()
    {
        var waits = Example.NotEligible();
        var other = Example.Submitted() with { Id = Guid.CreateVersion7() };
        waits = waits.AssignAntenne(null, "Hors antenne", "key", Later).Value;
        waits = waits.Reevaluate(Example.Ground(), null, "key", Later).Value;
        waits = waits.OverrideEligibility("Motif", "key", Later).Value;
        waits = waits.ChangeFacts(waits.Facts with { OtherShops = 4 }, Example.Ground(), null, "key", Later).Value;
        waits = waits.Absorb(other, "La même", "key", Later).ErasePersons("key", Later);
        Expect(waits, CandidatureWait.Team, Example.Now, null);
        Assert.Equal(Example.Now, waits.Wait!.Since);

        var request = Guid.CreateVersion7();
        var given = waits.RequestOpinion(new(request, "Antenne", "?", Due, "key", Later)).Value.GiveOpinion(request, Advice.Reserved, null, "key", Later.AddDays(1)).Value;
        Expect(given, CandidatureWait.Team, Later.AddDays(1), null);
        var visited = given.PlanVisit(Due, "key", Later.AddDays(2)).Value.ReportVisit(Due, "Sain", "key", Later.AddDays(3)).Value;
        Expect(visited.AssignAntenne(Antenne.SouthEast, null, "key", Later.AddDays(4)).Value, CandidatureWait.Team, Later.AddDays(3), null);
        var reopened = visited.Decline("Non", "key", Later.AddDays(5)).Value.Reopen("Un local", Example.Ground(), null, "key", Later.AddDays(6)).Value;
        Expect(reopened, CandidatureWait.Team, Later.AddDays(6), null);
    }

    [Fact]
    public void A_visit_is_moved_then_done_and_the_next_one_is_another()
    {
        var moved = Example.Submitted().PlanVisit(Due, "key", Later).Value.PlanVisit(Due.AddDays(7), "key", Later).Value;
        var again = moved.ReportVisit(Due.AddDays(7), "Sain", "key", Later).Value.PlanVisit(Due.AddDays(30), "key", Later).Value;

        Assert.Equal("2023-05-02 → 2023-05-09", moved.History[^1].Detail);
        Assert.Equal([new(Due.AddDays(7), "key", Later, Due.AddDays(7), "Sain"), new(Due.AddDays(30), "key", Later)], again.Visits);
        Assert.Same(moved, moved.PlanVisit(Due.AddDays(7), "key", Later).Value);
    }

    [Fact]
    public void The_antenne_is_that_of_the_departement_until_the_team_chooses_another_or_none()
    {
        var submitted = Example.Submitted();
        Assert.Equal((Antenne.SouthWest, "SouthWest"), (submitted.Antenne, submitted.AntenneKey));
        Assert.Equal(Antenne.SouthEast, submitted.Reevaluate(Example.Ground() with { Antenne = Antenne.SouthEast }, null, "key", Later).Value.Antenne);
        var none = submitted.AssignAntenne(null, null, "key", Later).Value;
        Assert.Equal((null, "None"), (none.Antenne, none.AntenneKey));
        Assert.Null(none.Reevaluate(Example.Ground(), null, "key", Later).Value.Antenne);
        Assert.Same(none, none.AssignAntenne(null, null, "key", Later).Value);
    }

    [Fact]
    public void Without_opinions_it_waits_as_if_nobody_had_been_asked()
    {
        var request = Guid.CreateVersion7();
        var asked = Example.Submitted().RequestOpinion(new(request, "Antenne", "?", Due, "key", Later)).Value;
        Told(asked, CandidatureWait.Team, Example.Now, null);
        var given = asked.GiveOpinion(request, Advice.Reserved, null, "key", Later.AddDays(1)).Value;
        Told(given, CandidatureWait.Team, Example.Now, null);
        var planned = asked.PlanVisit(Due, "key", Later.AddDays(2)).Value;
        Told(planned, CandidatureWait.Visit, Later.AddDays(2), Due);
        Told(planned.ReportVisit(Due, "Sain", "key", Later.AddDays(3)).Value.GiveOpinion(request, Advice.Reserved, null, "key", Later.AddDays(4)).Value, CandidatureWait.Team, Later.AddDays(3), null);

        static void Told(CommuneCandidature candidature, CandidatureWait wait, DateTimeOffset? since, DateOnly? until)
        {
            Assert.Equal(new(wait, since, until), candidature.Turn(withOpinions: false));
            Assert.Equal(wait, candidature.ToldWaitingFor);
        }
    }

    [Fact]
    public void The_history_names_antennes_and_opinions_as_the_API_does_everywhere()
    {
        var request = Guid.CreateVersion7();
        var studied = Example.Submitted().AssignAntenne(Antenne.NorthWest, null, "key", Later).Value.AssignAntenne(null, null, "key", Later).Value.AssignAntenne(Antenne.SouthEast, null, "key", Later).Value
            .PlanVisit(Due, "key", Later).Value.RequestOpinion(new(request, "Antenne", "?", Due, "key", Later)).Value.GiveOpinion(request, Advice.Reserved, null, "key", Later).Value;

        Assert.Equal([null, "northWest", "unassigned", "southEast", "2023-05-02", "2023-05-02", "reserved"], CommuneCandidatureView.Of(studied, Example.Team).History.Select(done => done.Detail));
    }

    private static void Expect(CommuneCandidature candidature, CandidatureWait wait, DateTimeOffset? since, DateOnly? until)
    {
        Assert.Equal(new(wait, since, until), candidature.Turn(withOpinions: true));
        Assert.Equal(wait, candidature.WaitingFor);
        Assert.Equal(until, candidature.Wait?.Until);
    }
}
