using System.Globalization;
using MilleCafes.Recruitment.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>What a reader is shown of a candidature.</summary>
public sealed class FindCommuneCandidatureTests
{
    [Theory]
    [InlineData("fr", "La commune a moins de 3 500 habitants.", "Le maire ne porte pas le dossier.")]
    [InlineData("en", "The commune has fewer than 3,500 residents.", "The mayor does not carry the file.")]
    public void Every_reason_is_spelled_out_in_the_reader_s_language(string language, string met, string notMet)
    {
        var reasons = ShowIn(language, Example.NotEligible()).Eligibility.Reasons;

        Assert.Equal(met, reasons.Single(reason => reason.Criterion == EligibilityCriterion.FewerThan3500Residents).Text);
        Assert.Equal(notMet, reasons.Single(reason => reason.Criterion == EligibilityCriterion.CarriedByMayor).Text);
        Assert.Equal([EligibilityCriterion.CarriedByMayor], reasons.Where(reason => !reason.Met).Select(reason => reason.Criterion));
    }

    [Fact]
    public void Each_criterion_has_its_own_four_sentences()
    {
        var worst = Example.Submitted(
            new(CafeSituation.Open, 3, false, Example.Facts.Premises with { Available = false }, false, Example.Facts.Contact), population: 20_000);
        List<string> sentences = [.. Sentences("fr", Example.Submitted()), .. Sentences("en", Example.Submitted()), .. Sentences("fr", worst), .. Sentences("en", worst)];

        Assert.Equal(4 * Enum.GetValues<EligibilityCriterion>().Length, sentences.Count);
        Assert.Equal(sentences.Count, sentences.Distinct().Count());
    }

    [Fact]
    public void The_score_is_shown_with_its_parts()
    {
        var priority = CommuneCandidatureView.Of(Example.Submitted(), Example.Team).Priority;

        Assert.Equal(100, priority.Score);
        Assert.Equal(priority.Score, priority.Parts.Sum(part => part.Points));
    }

    [Fact]
    public void An_override_is_shown_with_its_reason_and_the_history_tells_every_act_in_order()
    {
        var view = CommuneCandidatureView.Of(Example.Overridden().Accept(Example.Ground(), false, null, "key", Example.Now.AddDays(1)).Value, Example.Team);

        Assert.Equal(new("Le conseil porte le dossier.", Example.Now), view.Eligibility.Override);
        Assert.Equal(["submitted", "eligibilityOverridden", "accepted"], view.History.Select(done => done.Act));
        Assert.Equal(CommuneCandidatureStatus.Accepted, view.Status);
    }

    private static IEnumerable<string> Sentences(string language, CommuneCandidature candidature) =>
        ShowIn(language, candidature).Eligibility.Reasons.Select(reason => reason.Text);

    private static CommuneCandidatureView ShowIn(string language, CommuneCandidature candidature)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return CommuneCandidatureView.Of(candidature, Example.Team);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
