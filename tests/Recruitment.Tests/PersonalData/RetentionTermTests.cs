using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.PersonalData;
using MilleCafes.Recruitment.Tests.GerantCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.PersonalData;

public sealed class RetentionTermTests
{
    private static readonly DateTimeOffset Start = GerantExample.Now;
    private static readonly RetentionSettings Usual = new();

    private static readonly Arbitrary<(GerantCandidature Candidature, DateTimeOffset At, RetentionSettings Settings)> Any = (
        from stage in Gen.Elements(Enum.GetValues<GerantStage>())
        from contact in Gen.Choose(0, 800)
        from noticed in Gen.Choose(-400, 900)
        from keeps in Gen.Elements(true, false)
        from confirmed in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from days in Gen.Choose(0, 1_700)
        from silent in Gen.Choose(1, 800)
        from declined in Gen.Choose(1, 800)
        from notice in Gen.Choose(1, 90)
        from left in Gen.Choose(-300, 800)
        from ended in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (
            Confirmed(At(stage, contact, keeps), confirmed) with
            {
                ErasureNoticedAt = noticed < 0 ? null : Start.AddDays(noticed),
                DeletedAt = ended ? Start.AddDays(noticed) : null,
                Installation = left < -150 ? null : new(null, null, "12268", Day(0), left < 0 ? null : Day(left)),
            },
            Start.AddDays(days),
            new RetentionSettings { AfterLastContact = TimeSpan.FromDays(silent), AfterDecline = TimeSpan.FromDays(Math.Min(silent, declined)), Notice = TimeSpan.FromDays(notice) })).ToArbitrary();

    [Fact]
    public void Whoever_was_silent_for_two_years_is_told_a_fortnight_before()
    {
        var term = RetentionTerm.Of(At(GerantStage.Studied), Usual)!;
        Assert.Equal((RetentionRule.LastContact, Start.AddDays(730), Start.AddDays(716), null), (term.Rule, term.EndsAt, term.NoticeAt, term.ErasesAt));
        Assert.False(term.IsNoticeDue(Start.AddDays(716).AddTicks(-1)));
        Assert.True(term.IsNoticeDue(Start.AddDays(716)));
        Assert.False(term.IsErasureDue(Start.AddDays(10_000)));
    }

    [Theory]
    [InlineData(false, 92)]
    [InlineData(true, 730)]
    public void Whoever_was_declined_is_remembered_for_three_months_or_as_long_as_others_where_they_agreed_to_it(bool keepsLonger, int days) =>
        Assert.Equal(Start.AddDays(days), RetentionTerm.Of(At(GerantStage.Declined, keepsLonger: keepsLonger), Usual)!.EndsAt);

    [Fact]
    public void A_contact_after_the_refusal_does_not_lengthen_the_three_months() =>
        Assert.Equal(Start.AddDays(92), RetentionTerm.Of(At(GerantStage.Declined, contact: 60), Usual)!.EndsAt);

    [Theory]
    [InlineData(nameof(GerantStage.InPost))]
    [InlineData(nameof(GerantStage.Studied), true)]
    [InlineData(nameof(GerantStage.Studied), false, true)]
    public void No_term_is_for_whoever_is_in_post_has_not_confirmed_or_has_ended(string stage, bool unconfirmed = false, bool ended = false) => Assert.Null(
        RetentionTerm.Of(Confirmed(At(Enum.Parse<GerantStage>(stage)), !unconfirmed) with { DeletedAt = ended ? Start : null }, Usual));

    [Theory]
    [InlineData(0, 400, nameof(RetentionRule.LeftPost))]
    [InlineData(500, 500, nameof(RetentionRule.LastContact))]
    public void Whoever_has_left_their_post_is_remembered_for_two_years_from_their_last_day_or_a_later_contact(int contact, int counts, string rule)
    {
        var left = At(GerantStage.InPost, contact) with { Installation = new(null, null, "12268", Day(0)) };
        var term = RetentionTerm.Of(left.EndPost(Day(400), null, Start).Value, Usual)!;
        var since = counts == contact ? Start.AddDays(contact) : LocalDays.End(Day(counts));
        Assert.Equal((Enum.Parse<RetentionRule>(rule), since.AddDays(730)), (term.Rule, term.EndsAt));
    }

    [Fact]
    public void A_post_ends_after_it_began_and_is_ended_for_nobody_who_has_none()
    {
        var posted = At(GerantStage.InPost) with { Installation = new(null, null, "12268", Day(10)) };
        Assert.Equal(GerantCandidatureErrors.PostEndsBeforeStart, posted.EndPost(Day(9), null, Start).Error);
        Assert.Equal(Day(11), posted.EndPost(Day(20), null, Start).Value.EndPost(Day(11), null, Start).Value.Installation!.EndedOn);
        Assert.Equal(GerantCandidatureErrors.StageNotAllowed, At(GerantStage.Trained).EndPost(Day(20), null, Start).Error);
    }

    [Theory]
    [InlineData(716, 730)]
    [InlineData(725, 739)]
    [InlineData(900, 914)]
    public void Nothing_is_erased_before_the_notice_was_given_a_fortnight_ago(int noticed, int erased)
    {
        var term = RetentionTerm.Of(At(GerantStage.Studied).NoticeErasure(Start.AddDays(noticed)), Usual)!;
        Assert.Equal((Start.AddDays(noticed), Start.AddDays(erased)), (term.NoticeAt, term.ErasesAt));
        Assert.False(term.IsNoticeDue(Start.AddDays(10_000)));
        Assert.False(term.IsErasureDue(Start.AddDays(erased).AddTicks(-1)));
        Assert.True(term.IsErasureDue(Start.AddDays(erased)));
    }

    [Fact]
    public void A_new_contact_begins_the_time_anew_and_the_notice_no_longer_holds()
    {
        var candidature = At(GerantStage.Studied).NoticeErasure(Start.AddDays(716)).NoteContact("Au téléphone.", GerantExample.Actor, Start.AddDays(720));
        var term = RetentionTerm.Of(candidature, Usual)!;
        Assert.Equal((Start.AddDays(720 + 730), Start.AddDays(720 + 716), null), (term.EndsAt, term.NoticeAt, term.ErasesAt));
    }

    [Fact]
    public void Whatever_happened_nobody_is_erased_before_their_time_nor_without_a_notice_of_its_full_length() => Prop.ForAll(Any, any =>
    {
        var (candidature, at, settings) = any;
        return RetentionTerm.Of(candidature, settings) is not { } term || !term.IsErasureDue(at)
            || (at >= term.EndsAt && (candidature.Stage != GerantStage.InPost || candidature.Installation!.EndedOn is not null) && candidature.ErasureNoticedAt + settings.Notice <= at && candidature.ErasureNoticedAt >= candidature.LastContactAt);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_the_settings_the_store_finds_whoever_is_to_be_told_or_erased_and_only_those_who_are_or_were_told() => Prop.ForAll(Any, any =>
    {
        var (candidature, at, settings) = any;
        var (all, due, term) = (new[] { candidature }.AsQueryable(), new DueCandidatures(settings, at), RetentionTerm.Of(candidature, settings));
        var found = due.Silent(all, Guid.Empty).Concat(due.Declined(all, Guid.Empty)).Where(due.Includes).Any();
        var isEnded = candidature is { DeletedAt: not null, ConfirmedAt: not null };
        var isRight = found ? term is not null && (term.IsErasureDue(at) || term.ErasesAt is not null || term.IsNoticeDue(at)) : term is null || !(term.IsErasureDue(at) || term.IsNoticeDue(at));
        return isRight && all.Any(due.IsDueOrEnded()) == (found || isEnded);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_left_of_an_erased_candidature_says_nothing_of_anybody_and_tells_every_stage_and_its_day()
    {
        var declined = At(GerantStage.Interview).DeclineWith(DeclineReason.Other, "Trop loin.", GerantExample.Actor, Start).Value;
        var full = declined.NoteContact("Rappelée.", GerantExample.Actor, Start).Merge(At(GerantStage.Withdrawn), "Même voix.", GerantExample.Actor, Start).Value
            with { Wishes = new(["Occitanie"], ["12"], null) };
        var erased = full.Erase(Start.AddDays(800));

        Assert.Equal((Applicant.Erased, null, null, null), (erased.Applicant, erased.Wishes, erased.EmailKey, erased.PhoneKey));
        Assert.Equal(full.Stages.Select(Dates), erased.Stages.Select(Dates));
        Assert.Equal(full.Absorbed[0].Stages.Select(Dates), erased.Absorbed[0].Stages.Select(Dates));
        Assert.Equal((DeclineReason.Other, null), (erased.Decline!.Reason, erased.Decline.Text));
        Assert.All(erased.Acts.Concat(erased.Absorbed[0].Acts), act => Assert.Null(act.Reason));
        Assert.Equal((null, null), (erased.Source.Name, erased.Absorbed[0].Source.Name));
        Assert.Equal((full.Id, Start.AddDays(800), Start.AddDays(800)), (erased.Id, erased.ErasedAt, erased.DeletedAt));

        static (GerantStage?, GerantStage, DateTimeOffset, string?) Dates(StageChange change) => (change.From, change.To, change.At, change.Actor);
    }

    private static DateOnly Day(int after) => DateOnly.FromDateTime(Start.UtcDateTime).AddDays(after);

    private static GerantCandidature At(GerantStage stage, int contact = 0, bool keepsLonger = false) => GerantExample.At(stage) is var candidature
        ? candidature with { LastContactAt = Start.AddDays(contact), Consent = candidature.Consent with { KeepsLonger = keepsLonger } }
        : throw new InvalidOperationException();

    private static GerantCandidature Confirmed(GerantCandidature candidature, bool confirmed) => confirmed ? candidature : candidature with { ConfirmedAt = null, Stage = GerantStage.Received };
}
