using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.OfferDiffusions;
using MilleCafes.Recruitment.Tests.CommuneCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests;

/// <summary>What is refused of addresses that others are to follow.</summary>
public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("https://visio.example.org/salle", null)]
    [InlineData("HTTPS://visio.example.org/salle", null)]
    [InlineData("visio.example.org/salle", "not_an_address")]
    [InlineData("http://visio.example.org/salle", "https_required")]
    [InlineData("javascript:alert(1)", "https_required")]
    public async Task A_link_that_candidates_follow_is_absolute_and_over_https(string link, string? refusal)
    {
        var proposal = new ProposeInterview(Guid.CreateVersion7(), [new(TimeProvider.System.GetUtcNow().AddDays(1), 45, Link: link)]);

        Assert.Equal(refusal is null ? [] : [$"/slots/0/link {refusal}"], await new ProposeInterviewValidator(TimeProvider.System).FaultsAsync<ProposeInterview, InterviewView>(proposal));
    }

    [Theory]
    [InlineData("https://emplois.example/1", null)]
    [InlineData("http://emplois.example/1", null)]
    [InlineData("", "not_an_address")]
    [InlineData("emplois.example/1", "not_an_address")]
    [InlineData("ftp://emplois.example/1", "not_an_address")]
    public async Task Where_a_partner_shows_an_offer_is_absolute_and_may_be_in_the_open(string url, string? refusal)
    {
        var note = new NoteOfferDiffusion(Guid.CreateVersion7(), PartnerName: "Emplois ruraux", Url: url);

        Assert.Equal(refusal is null ? [] : [$"/url {refusal}"], await new NoteOfferDiffusionValidator(TimeProvider.System).FaultsAsync<NoteOfferDiffusion, OfferDiffusionView>(note));
    }
}
