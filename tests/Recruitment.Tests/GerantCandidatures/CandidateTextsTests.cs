using MilleCafes.Recruitment.GerantCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

public sealed class CandidateTextsTests
{
    [Theory]
    [InlineData("2026-07-14T22:05:00Z", "mercredi 15 juillet 2026 à 0 h 05 (heure de Paris)", "Wednesday 15 July 2026 at 00:05 (Paris time)")]
    [InlineData("2026-12-03T08:30:00Z", "jeudi 3 décembre 2026 à 9 h 30 (heure de Paris)", "Thursday 3 December 2026 at 09:30 (Paris time)")]
    public void A_candidate_reads_the_time_that_it_is_in_France_in_each_language(string until, string french, string english)
    {
        var (_, text) = CandidateTexts.Confirm("https://example.org", DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains($"avant le {french} en", text, StringComparison.Ordinal);
        Assert.Contains($"before {english} by", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "deux ans après notre dernier échange", "two years after our last exchange")]
    [InlineData(false, "trois mois après ce mail", "three months after this mail")]
    public void Who_is_declined_is_told_how_long_they_are_remembered_by_what_they_agreed_to(bool keepsLonger, string french, string english)
    {
        var (_, text) = CandidateTexts.Declined(new(DeclineReason.OfferFilled, null), keepsLonger, new("https://example.org/candidature"));
        Assert.Contains($"au plus tard {french}", text, StringComparison.Ordinal);
        Assert.Contains($"{english} at the latest", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("https://example.org/candidature").Length);
    }
}
