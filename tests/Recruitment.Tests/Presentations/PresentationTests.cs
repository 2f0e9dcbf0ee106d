using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Tests.GerantCandidatures;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.Presentations;

public sealed class PresentationTests
{
    private const string Actor = "00000000-0000-7000-8000-000000000001";

    private static readonly DateTimeOffset Now = new(2026, 4, 3, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_last_answer_counts_and_all_are_kept_in_their_order()
    {
        var presentation = Presented().Hear(MairieAnswer.NotYet, "Le conseil se réunit en mai.", null, byMairie: true, Actor, Now).Value
            .Hear(MairieAnswer.Yes, "Le conseil l'a rencontrée.", ToldBy.Phone, byMairie: false, Actor, Now.AddDays(1)).Value;

        Assert.Equal(MairieAnswer.Yes, presentation.Answer);
        Assert.Equal([(MairieAnswer.NotYet, null), (MairieAnswer.Yes, ToldBy.Phone)], presentation.Answers.Select(given => (given.Answer, given.ToldBy)));
    }

    [Fact]
    public void The_team_notes_only_what_it_was_told_and_the_mairie_answers_itself()
    {
        Assert.Same(PresentationErrors.NotTold, Presented().Hear(MairieAnswer.Yes, "Oui", null, byMairie: false, Actor, Now).Error);
        Assert.Same(PresentationErrors.ItsOwnAnswer, Presented().Hear(MairieAnswer.Yes, "Oui", ToldBy.Letter, byMairie: true, Actor, Now).Error);
    }

    [Fact]
    public void A_presentation_that_another_replaced_takes_no_answer() =>
        Assert.Same(PresentationErrors.Over, Presented().Replace(Now).Hear(MairieAnswer.Yes, "Oui", null, byMairie: true, Actor, Now).Error);

    [Fact]
    public void A_mairie_sees_what_was_presented_in_its_commune()
    {
        var visible = Presentation.VisibleTo(Holder.Public with { Kind = HolderKind.Mairie, InseeCode = "12268" })!.Compile();

        Assert.True(visible(Presented()));
        Assert.False(visible(Presented() with { InseeCode = "80001" }));
        Assert.False(visible(Presented().Replace(Now)));
        Assert.False(visible(Presented() with { TakenBack = true }));
        Assert.False(visible(Presented().Follow(GerantExample.At(GerantStage.Presented))));
        Assert.False(Presentation.VisibleTo(Holder.Public with { Kind = HolderKind.Partner })!.Compile()(Presented()));
    }

    [Fact]
    public void Of_whoever_goes_no_further_a_mairie_reads_what_it_answered_and_when_and_nothing_of_the_person()
    {
        var answered = (Presented() with { Message = "Très à l'écoute" }).Hear(MairieAnswer.No, "Trop loin", null, byMairie: true, Actor, Now).Value;
        var (mairie, staff) = (Holder.Public with { Kind = HolderKind.Mairie, InseeCode = "12268" }, Holder.Public with { Kind = HolderKind.Staff });
        var present = GerantExample.At(GerantStage.Presented) with { Id = answered.CandidatureId };
        var left = answered.Follow(present.MoveTo(GerantStage.Withdrawn, null, Actor, Now).Value);

        var shown = PresentationView.Of(left, mairie);
        Assert.True(Presentation.VisibleTo(mairie)!.Compile()(left));
        Assert.Equal((null, MairieAnswer.No, Now, null), (shown.Message, shown.Answer, shown.Answers[0].At, shown.Answers[0].Reason));
        Assert.Equal(("Très à l'écoute", "Trop loin"), (PresentationView.Of(left, staff).Message, PresentationView.Of(left, staff).Answers[0].Reason));
        var back = PresentationView.Of(left.Follow(present), mairie);
        Assert.Equal(("Très à l'écoute", "Trop loin"), (back.Message, back.Answers[0].Reason));
    }

    [Fact]
    public void What_it_waits_for_follows_from_the_last_answer()
    {
        var answered = Presented().Hear(MairieAnswer.No, "Non", null, byMairie: true, Actor, Now).Value;
        Assert.Equal(new Wait(WaitingFor.DecisionAfterNo, WaitingOn.Team, Now), answered.Wait);
        answered = answered.Hear(MairieAnswer.NotYet, "En mai", null, byMairie: true, Actor, Now.AddDays(1)).Value;
        Assert.Equal(new Wait(WaitingFor.MairieAnswer, WaitingOn.Mairie, Now.AddDays(1)), answered.Wait);
        answered = answered.Hear(MairieAnswer.Yes, "Oui", null, byMairie: true, Actor, Now.AddDays(2)).Value;
        Assert.Equal(new Wait(WaitingFor.Selection, WaitingOn.Team, Now.AddDays(2)), answered.Wait);
    }

    [Fact]
    public void What_is_forgotten_keeps_no_words_about_the_person()
    {
        var forgotten = (Presented() with { Message = "Très à l'écoute" }).Hear(MairieAnswer.No, "Trop loin", null, byMairie: true, Actor, Now).Value.Forget();

        Assert.Equal((null, ""), (forgotten.Message, forgotten.Answers[0].Reason));
        Assert.Equal(MairieAnswer.No, forgotten.Answer);
    }

    private static Presentation Presented() => new()
    {
        Id = Guid.CreateVersion7(Now),
        CandidatureId = Guid.CreateVersion7(Now),
        OfferId = Guid.CreateVersion7(Now),
        InseeCode = "12268",
        Departement = "12",
        PresentedAt = Now,
        PresentedBy = Actor,
    };
}
