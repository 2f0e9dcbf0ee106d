using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Waiting;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

/// <summary>Every pair of stages: what an act may do, what a correction may, and what nothing may.</summary>
public sealed class StageTests
{
    private static readonly GerantStage[] All = Enum.GetValues<GerantStage>();

    // As the programme tells the path, apart from the code
    private static readonly string[] Path = ["Received", "Studied", "Interview", "Immersion", "Presented", "Retained", "Trained", "InPost"];

    public static TheoryData<string, string, bool, bool> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, bool, bool>();
            foreach (var (from, to) in All.SelectMany(from => All, (from, to) => (from, to)))
            {
                var (here, there) = (Array.IndexOf(Path, $"{from}"), Array.IndexOf(Path, $"{to}"));
                var allowed = here >= 0 && here < Path.Length - 1 && (there == here + 1 || there < 0);
                // The examples that left the path had been studied
                var corrected = here >= 0 ? there >= 0 && there == here - 1 : to == GerantStage.Studied;
                pairs.Add($"{from}", $"{to}", allowed, corrected);
            }

            return pairs;
        }
    }

    [Fact]
    public void Every_pair_is_in_the_table() => Assert.Equal(All.Length * All.Length, Pairs.Count);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_stage_follows_another_as_the_path_says(string before, string after, bool allowed, bool corrected)
    {
        var (from, to) = (Enum.Parse<GerantStage>(before), Enum.Parse<GerantStage>(after));
        var candidature = GerantExample.At(from);
        var moved = candidature.MoveTo(to, "Motif.", GerantExample.Actor, GerantExample.Now.AddDays(1));
        var back = candidature.Correct("Par erreur.", GerantExample.Actor, GerantExample.Now.AddDays(1));

        Assert.Equal(allowed ? null : GerantCandidatureErrors.StageNotAllowed, moved.Error);
        Assert.Equal(corrected, back.Error is null && back.Value.Stage == to);
        if (allowed)
        {
            Assert.Equal(new(from, to, GerantExample.Now.AddDays(1), GerantExample.Actor, "Motif.", false), moved.Value.Stages[^1]);
            Assert.Equal((to, GerantExample.Now.AddDays(1), GerantExample.Now.AddDays(1)), (moved.Value.Stage, moved.Value.StageSince, moved.Value.LastContactAt));
        }

        if (corrected)
        {
            Assert.Equal(new(from, to, GerantExample.Now.AddDays(1), GerantExample.Actor, "Par erreur.", true), back.Value.Stages[^1]);
            Assert.Equal(candidature.Stages, back.Value.Stages.RemoveAt(back.Value.Stages.Count - 1));
        }
    }

    [Fact]
    public void Who_has_not_confirmed_goes_nowhere_but_away()
    {
        var unconfirmed = GerantExample.Received(confirmed: false);

        Assert.All(All, stage => Assert.Equal(GerantCandidatureErrors.NotConfirmed, unconfirmed.MoveTo(stage, null, null, GerantExample.Now).Error));
        Assert.Equal(GerantStage.Withdrawn, unconfirmed.Withdraw(null, null, GerantExample.Now).Value.Stage);
    }

    [Fact]
    public void A_first_letter_cannot_be_corrected() => Assert.Equal(GerantCandidatureErrors.StageNotAllowed, GerantExample.Received().Correct("x", null, GerantExample.Now).Error);

    [Fact]
    public void A_refusal_that_is_corrected_leaves_no_reason_and_a_post_that_is_corrected_no_post()
    {
        var declined = GerantExample.At(GerantStage.Interview).DeclineWith(DeclineReason.AnotherProject, "Un autre.", GerantExample.Actor, GerantExample.Now).Value;
        Assert.Equal(new(DeclineReason.AnotherProject, "Un autre."), declined.Decline);
        var corrected = declined.Correct("Par erreur.", GerantExample.Actor, GerantExample.Now).Value;
        Assert.Equal((GerantStage.Interview, null), (corrected.Stage, corrected.Decline));
        var installed = (GerantExample.At(GerantStage.Trained) with { OfferInseeCode = "12268" }).Install(null, new(2023, 9, 1), GerantExample.Actor, GerantExample.Now).Value;
        Assert.Equal((GerantStage.InPost, "12268"), (installed.Stage, installed.Installation?.InseeCode));
        var trained = installed.Correct("Par erreur.", GerantExample.Actor, GerantExample.Now).Value;
        Assert.Equal((GerantStage.Trained, null), (trained.Stage, trained.Installation));
    }

    [Fact]
    public void Nobody_is_in_post_without_an_offer() =>
        Assert.Equal(GerantCandidatureErrors.NoOffer, GerantExample.At(GerantStage.Trained).Install(null, new(2023, 9, 1), GerantExample.Actor, GerantExample.Now).Error);

    [Fact]
    public void A_training_before_its_time_is_kept_and_told_once()
    {
        var session = Guid.CreateVersion7();
        var studied = GerantExample.At(GerantStage.Studied).CompleteTraining(session, GerantExample.Now, GerantExample.Now);
        Assert.Equal((GerantStage.Studied, session), (studied.Stage, studied.Training!.SessionId));
        Assert.Same(studied, studied.CompleteTraining(session, GerantExample.Now, GerantExample.Now));
        Assert.Equal(GerantStage.Trained, GerantExample.At(GerantStage.Retained).CompleteTraining(session, GerantExample.Now, GerantExample.Now).Stage);

        // Retained afterwards, no session is to come: the team says so, or the session is told again
        var retained = GerantExample.MovedTo(GerantStage.Retained, studied);
        Assert.Equal((WaitingFor.Training, WaitingOn.Team), (retained.Wait!.For, retained.Wait.On));
        Assert.Equal(WaitingOn.Training, GerantExample.At(GerantStage.Retained).Wait!.On);
        Assert.Equal(GerantStage.Trained, retained.CompleteTraining(session, GerantExample.Now, GerantExample.Now).Stage);
    }

    [Fact]
    public void A_training_that_is_taken_back_is_no_training()
    {
        var trained = GerantExample.At(GerantStage.Retained).Train(null, GerantExample.Now, GerantExample.Actor, GerantExample.Now).Value;

        var corrected = trained.Correct("Pas encore.", GerantExample.Actor, GerantExample.Now).Value;

        Assert.Equal((GerantStage.Retained, null, WaitingOn.Training), (corrected.Stage, corrected.Training, corrected.Wait!.On));
    }

    [Fact]
    public void What_was_withdrawn_before_anybody_confirmed_it_is_confirmed_no_more_and_stands_in_nobody_s_way()
    {
        var withdrawn = GerantExample.Received(confirmed: false).Withdraw("Au téléphone.", GerantExample.Actor, GerantExample.Now).Value;

        Assert.Equal(GerantCandidatureErrors.StageNotAllowed, withdrawn.Confirm(null, null, GerantExample.Now).Error);
        Assert.Null(withdrawn.PendingKey);
    }

    [Fact]
    public void Every_refusal_and_every_stage_has_words_of_its_own_in_both_languages()
    {
        var reasons = Enum.GetValues<DeclineReason>().SelectMany(reason => new[] { CandidateTexts.TextOf(reason, "fr"), CandidateTexts.TextOf(reason, "en") }).ToList();
        var stages = All.SelectMany(stage => new[] { CandidateTexts.NameOf(stage, "fr"), CandidateTexts.NameOf(stage, "en") }).ToList();
        Assert.Equal(reasons.Count, reasons.Distinct().Count());
        Assert.Equal(stages.Count, stages.Distinct().Count());
    }

    [Fact]
    public void Who_was_trained_before_they_were_retained_is_so_by_that_training_unless_another_is_told_of()
    {
        var (session, before) = (Guid.CreateVersion7(), GerantExample.Now.AddDays(-30));
        var retained = GerantExample.At(GerantStage.Retained) with { Training = new(session, before) };

        Assert.Equal(new Training(session, before), retained.Train(null, null, GerantExample.Actor, GerantExample.Now).Value.Training);
        Assert.Equal(new Training(null, GerantExample.Now), retained.Train(null, GerantExample.Now, GerantExample.Actor, GerantExample.Now).Value.Training);
        Assert.Equal(new Training(null, GerantExample.Now), GerantExample.At(GerantStage.Retained).Train(null, null, GerantExample.Actor, GerantExample.Now).Value.Training);
    }
}
