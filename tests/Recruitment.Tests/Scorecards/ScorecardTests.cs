using System.Reflection;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Recruitment.Tests.GerantCandidatures;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.Scorecards;

public sealed class ScorecardTests
{
    private const string Actor = "00000000-0000-7000-8000-000000000001";

    private static readonly DateTimeOffset Now = new(2026, 4, 3, 9, 30, 0, TimeSpan.Zero);
    private static readonly Guid Staff = Guid.CreateVersion7(Now);
    private static readonly Guid Mairie = Guid.CreateVersion7(Now);
    private static readonly Guid Host = Guid.CreateVersion7(Now);

    /// <summary>Every order in which three observers can give theirs.</summary>
    public static TheoryData<int, int, int> Orders => new(
        from first in Enumerable.Range(0, 3) from second in Enumerable.Range(0, 3) from third in Enumerable.Range(0, 3)
        where first != second && second != third && first != third select (first, second, third));

    [Theory]
    [MemberData(nameof(Orders))]
    public void Nobody_sees_what_others_observed_before_the_last_has_given_theirs(int first, int second, int third)
    {
        Guid[] observers = [Staff, Mairie, Host];
        var card = Card();
        foreach (var giver in new[] { first, second, third })
        {
            Assert.All(observers.Append(Guid.CreateVersion7(Now)), reader => AssertBlind(card, reader));
            card = card.Give(observers[giver], Observations(giver + 1), Now.AddHours(giver)).Value;
        }

        Assert.Equal(Now.AddHours(third), card.RevealedAt);
        Assert.All(observers, reader => Assert.All(ScorecardView.For(card, reader, []).Observers, observer => Assert.Equal(6, observer.Observations!.Count)));
    }

    [Fact]
    public void One_observer_alone_reveals_nothing_and_the_team_is_to_invite_another()
    {
        var card = Scorecard.Open(Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), "12", [(ObserverRole.Staff, Staff)], Now).Value;
        Assert.Equal(new Wait(WaitingFor.Observations, WaitingOn.Observer, Now), card.Wait);

        card = card.Give(Staff, Observations(1), Now.AddHours(1)).Value;

        Assert.Null(card.RevealedAt);
        AssertBlind(card, Mairie);
        Assert.Equal(new Wait(WaitingFor.AnotherObserver, WaitingOn.Team, Now.AddHours(1)), card.Wait);
        card = card.Give(Staff, Observations(2), Now.AddHours(2)).Value.Invite(ObserverRole.Mairie, Mairie, Now.AddHours(3)).Value;
        Assert.Equal(new Wait(WaitingFor.Observations, WaitingOn.Observer, Now.AddHours(3)), card.Wait);
        card = card.Give(Mairie, Observations(4), Now.AddHours(4)).Value;
        Assert.Equal((Now.AddHours(4), null), (card.RevealedAt, card.Wait));
    }

    [Fact]
    public void The_spread_is_shown_with_the_reveal_and_there_is_no_total()
    {
        var card = Revealed();

        Assert.All(ScorecardView.For(card, Staff, []).Behaviours, behaviour => Assert.Equal((1, 3, 3), (behaviour.Lowest, behaviour.Highest, behaviour.Observers)));
        Assert.Equal(
            ["Behaviours", "CandidatureId", "Id", "Observers", "RevealedAt", "Revision"],
            typeof(ScorecardView).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_not_observed_counts_in_no_spread()
    {
        var one = Behaviours.All[0];
        List<Observation> onlyOne = [.. Observations(null).Select(seen => seen.Behaviour == one ? seen with { Level = 4 } : seen)];
        var card = Card().Give(Staff, onlyOne, Now).Value.Give(Mairie, Observations(2), Now).Value.Give(Host, onlyOne, Now).Value;

        Assert.All(ScorecardView.For(card, Staff, []).Behaviours, behaviour => Assert.Equal(behaviour.Behaviour == one ? (2, 4, 3) : (2, 2, 1), (behaviour.Lowest, behaviour.Highest, behaviour.Observers)));
        Assert.True(card.IsSeenByTwo);
    }

    [Fact]
    public void Whoever_saw_nothing_gives_nothing_and_was_not_one_of_two_where_an_earlier_version_took_it()
    {
        Assert.Equal(ScorecardErrors.NothingSeen, Card().Give(Staff, Observations(null), Now).Error);
        Assert.True(Revealed().IsSeenByTwo);
        Assert.False((Revealed() is var card ? card with { Observers = [card.Observers[0], .. card.Observers.Skip(1).Select(observer => observer with { Observations = [.. Observations(null)] })] } : card).IsSeenByTwo);
    }

    [Fact]
    public void Until_the_reveal_an_observer_may_give_theirs_again_and_the_last_counts()
    {
        var card = Card().Give(Staff, Observations(1), Now).Value.Give(Staff, Observations(4), Now.AddHours(1)).Value;

        Assert.All(ScorecardView.For(card, Staff, []).Observers[0].Observations!, one => Assert.Equal(4, one.Level));
        Assert.Null(card.RevealedAt);
    }

    [Fact]
    public void After_the_reveal_nothing_changes()
    {
        var card = Revealed();

        Assert.Same(ScorecardErrors.Revealed, card.Give(Staff, Observations(4), Now).Error);
        Assert.Same(ScorecardErrors.Revealed, card.Invite(ObserverRole.Staff, Guid.CreateVersion7(Now), Now).Error);
        Assert.Same(ScorecardErrors.Revealed, card.Replace(card.Observers[0].Id, ObserverRole.Staff, Guid.CreateVersion7(Now), "Absent", Actor, Now).Error);
    }

    [Fact]
    public void Who_replaces_an_observer_gives_theirs_and_what_the_first_gave_is_neither_shown_nor_counted()
    {
        var substitute = Guid.CreateVersion7(Now);
        var card = Card().Give(Staff, Observations(1), Now).Value;
        card = card.Replace(card.Observers[0].Id, ObserverRole.Gerant, substitute, "Absente pendant l'immersion", Actor, Now).Value;

        Assert.Same(ScorecardErrors.NotAnObserver, card.Give(Staff, Observations(4), Now).Error);
        card = card.Give(substitute, Observations(4), Now).Value.Give(Mairie, Observations(4), Now).Value.Give(Host, Observations(4), Now).Value;
        var view = ScorecardView.For(card, Mairie, []);
        Assert.NotNull(card.RevealedAt);
        Assert.Equal((null, null), (view.Observers[0].Observations, view.Observers[0].ReplacedBecause));
        Assert.Equal("Absente pendant l'immersion", ScorecardView.For(card, Guid.CreateVersion7(Now), [], team: true).Observers[0].ReplacedBecause);
        Assert.All(view.Behaviours, behaviour => Assert.Equal((4, 4, 3), (behaviour.Lowest, behaviour.Highest, behaviour.Observers)));
        Assert.DoesNotContain(Staff, card.ObserverClients);
    }

    [Fact]
    public void Who_is_waited_for_and_cannot_answer_is_told_from_who_can_and_from_who_is_waited_for_no_more()
    {
        var card = Card().Give(Staff, Observations(1), Now).Value;
        Assert.Equal([null, true, false], ScorecardView.For(card, Staff, [Staff, Mairie]).Observers.Select(observer => observer.CanAnswer));

        card = card.Replace(card.Observers[2].Id, ObserverRole.Staff, Guid.CreateVersion7(Now), "A quitté le café", Actor, Now).Value;
        Assert.Equal([null, true, null, false], ScorecardView.For(card, Staff, [Mairie]).Observers.Select(observer => observer.CanAnswer));
        Assert.All(ScorecardView.For(Revealed(), Staff, []).Observers, observer => Assert.Null(observer.CanAnswer));
    }

    [Fact]
    public void Everyone_observes_once()
    {
        var card = Card();

        Assert.Same(ScorecardErrors.AlreadyObserves, card.Invite(ObserverRole.Mairie, Mairie, Now).Error);
        Assert.Same(ScorecardErrors.AlreadyObserves, card.Replace(card.Observers[0].Id, ObserverRole.Mairie, Mairie, "Absent", Actor, Now).Error);
        Assert.Same(ScorecardErrors.AlreadyObserves, Scorecard.Open(Guid.CreateVersion7(Now), Host, null, [(ObserverRole.Staff, Staff), (ObserverRole.Gerant, Staff)], Now).Error);
        Assert.Same(ScorecardErrors.ObserverUnknown, card.Replace(Guid.CreateVersion7(Now), ObserverRole.Staff, Guid.CreateVersion7(Now), "Absent", Actor, Now).Error);
    }

    [Fact]
    public void Each_behaviour_is_observed_once_or_said_to_be_not_observed()
    {
        Assert.Same(ScorecardErrors.NotEachBehaviour, Card().Give(Staff, [.. Observations(3).Skip(1)], Now).Error);
        Assert.Same(ScorecardErrors.NotEachBehaviour, Card().Give(Staff, [.. Observations(3).Skip(1), Observations(3)[1]], Now).Error);
        Assert.Same(ScorecardErrors.NotAnObserver, Card().Give(Guid.CreateVersion7(Now), Observations(3), Now).Error);
    }

    [Fact]
    public void Eleven_do_not_observe()
    {
        var card = Card();
        while (card.ObserverClients.Count < 10)
        {
            card = card.Invite(ObserverRole.Staff, Guid.CreateVersion7(Now), Now).Value;
        }

        Assert.Same(ScorecardErrors.TooMany, card.Invite(ObserverRole.Staff, Guid.CreateVersion7(Now), Now).Error);
    }

    [Fact]
    public void What_is_forgotten_keeps_no_words_about_the_person()
    {
        var card = Card();
        card = card.Replace(card.Observers[0].Id, ObserverRole.Staff, Guid.CreateVersion7(Now), "MARK", Actor, Now).Value.Give(Mairie, Observations(2), Now).Value;

        Assert.DoesNotContain("MARK", System.Text.Json.JsonSerializer.Serialize(card.Forget()), StringComparison.Ordinal);
        Assert.Contains("MARK", System.Text.Json.JsonSerializer.Serialize(card), StringComparison.Ordinal);
    }

    [Fact]
    public void The_team_reads_what_was_given_once_there_is_nothing_left_to_decide_and_whoever_may_still_give_theirs_does_not()
    {
        var candidature = GerantExample.At(GerantStage.Declined);
        var open = Card().Give(Mairie, Observations(2), Now).Value with { CandidatureId = candidature.Id };
        var (decided, corrected) = (open.Follow(candidature), open.Follow(candidature).Follow(candidature.Correct("Par erreur.", Actor, Now).Value));
        var other = Guid.CreateVersion7(Now);

        Assert.Equal(6, Given(decided, other, team: true));
        Assert.Equal((null, null, null, null), (Given(decided, Staff, team: true), Given(decided, Host, team: false), Given(open, other, team: true), Given(corrected, other, team: true)));

        static int? Given(Scorecard card, Guid reader, bool team) =>
            ScorecardView.For(card, reader, [], team).Observers.Single(observer => observer.ClientId == Mairie).Observations?.Count;
    }

    [Fact]
    public void What_a_decision_let_be_read_stands_once_it_is_corrected_and_nobody_else_of_the_team_comes_to_observe()
    {
        var candidature = GerantExample.At(GerantStage.Declined) with { StageSince = Now };
        var open = Card().Give(Mairie, Observations(2), Now).Value with { CandidatureId = candidature.Id };
        var corrected = open.Follow(candidature).Follow(candidature.Correct("Par erreur.", Actor, Now).Value);
        var other = Guid.CreateVersion7(Now);

        Assert.Equal(ScorecardErrors.GivenStands, corrected.Give(Mairie, Observations(1), Now).Error);
        Assert.Equal(ScorecardErrors.TeamMayHaveRead, corrected.Invite(ObserverRole.Staff, other, Now).Error);
        Assert.Equal(ScorecardErrors.TeamMayHaveRead, corrected.Replace(corrected.Observers[0].Id, ObserverRole.Staff, other, "Absente.", Actor, Now).Error);
        Assert.Null(corrected.Invite(ObserverRole.HostCafe, other, Now).Error);
        Assert.Null(corrected.Give(Staff, Observations(1), Now).Error);
        Assert.Null(open.Give(Mairie, Observations(1), Now).Error);
        Assert.Null((Card() with { CandidatureId = candidature.Id }).Follow(candidature).OpenedAt);
    }

    [Theory]
    [InlineData(nameof(GerantStage.Declined))]
    [InlineData(nameof(GerantStage.Withdrawn))]
    [InlineData(nameof(GerantStage.Retained))]
    public void Once_there_is_nothing_left_to_decide_nobody_gives_theirs_or_is_waited_for(string stage)
    {
        var candidature = GerantExample.At(Enum.Parse<GerantStage>(stage));
        var open = Card().Give(Mairie, Observations(2), Now).Value with { CandidatureId = candidature.Id };
        var decided = open.Follow(candidature);

        Assert.Equal("recruitment.scorecard_decided", decided.Give(Staff, Observations(1), Now).Error?.Code);
        Assert.Equal("recruitment.scorecard_decided", decided.Give(Mairie, Observations(1), Now).Error?.Code);
        Assert.All(ScorecardView.For(decided, Host, [Staff]).Observers, observer => Assert.Null(observer.CanAnswer));
        Assert.Null(decided.Follow(GerantExample.At(GerantStage.Presented)).Give(Staff, Observations(1), Now).Error);
    }

    [Fact]
    public void Of_whoever_goes_no_further_observers_outside_the_team_read_their_own_only_and_the_candidate_all_of_it()
    {
        var candidature = GerantExample.At(GerantStage.Declined);
        var left = (Revealed() with { CandidatureId = candidature.Id }).Follow(candidature);

        Assert.Equal((1, 3, 3, 3), (Seen(ScorecardView.For(left, Mairie, [])), Seen(ScorecardView.For(left, Staff, [], team: true)), Seen(ScorecardView.Whole(left, Holder.Public, decided: true)), Seen(ScorecardView.For(Revealed(), Mairie, []))));
        Assert.All(ScorecardView.For(left, Mairie, []).Behaviours, behaviour => Assert.Equal((null, null, null), ((object?)behaviour.Lowest, (object?)behaviour.Highest, (object?)behaviour.Observers)));
        Assert.All(ScorecardView.Whole(left, Holder.Public, decided: true).Behaviours, behaviour => Assert.Equal((1, 3, 3), (behaviour.Lowest, behaviour.Highest, behaviour.Observers)));
        Assert.False(left.Follow(candidature.Correct("Par erreur.", Actor, Now).Value).Left);

        static int Seen(ScorecardView view) => view.Observers.Count(observer => observer.Observations is not null);
    }

    private static void AssertBlind(Scorecard card, Guid reader)
    {
        var view = ScorecardView.For(card, reader, []);
        Assert.All(view.Observers, observer => Assert.True(observer.Observations is null || observer.ClientId == reader));
        Assert.All(view.Observers.Where(observer => observer.ClientId == reader && observer.GivenAt is not null), own => Assert.NotNull(own.Observations));
        Assert.All(view.Behaviours, behaviour => Assert.Equal((null, null, null), ((object?)behaviour.Lowest, (object?)behaviour.Highest, (object?)behaviour.Observers)));
    }

    private static Scorecard Card() => Scorecard.Open(
        Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), "12", [(ObserverRole.Staff, Staff), (ObserverRole.Mairie, Mairie), (ObserverRole.HostCafe, Host)], Now).Value;

    private static Scorecard Revealed() => Card().Give(Staff, Observations(1), Now).Value.Give(Mairie, Observations(2), Now).Value.Give(Host, Observations(3), Now).Value;

    private static List<Observation> Observations(int? level) => [.. Behaviours.All.Select(behaviour => new Observation(behaviour, level, "MARK"))];
}
