using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

/// <summary>What each holder is shown of a candidature.</summary>
public sealed class SightTests
{
    private static readonly Holder Mairie = Holder.Public with { Kind = HolderKind.Mairie, InseeCode = "12268" };

    private static readonly GerantCandidature Presented = GerantExample.At(GerantStage.Presented) with
    {
        OfferInseeCode = "12268", PresentedIn = "12268", Wishes = new(["Occitanie"], [], null), Consent = new("Notre texte, page de Camille", null, null, GerantExample.Now),
    };

    [Theory]
    [InlineData(nameof(GerantStage.Declined))]
    [InlineData(nameof(GerantStage.Withdrawn))]
    public void A_mairie_reads_no_more_of_whoever_goes_no_further_than_that_they_do_not_until_it_is_corrected(string stage)
    {
        var left = stage == nameof(GerantStage.Declined)
            ? Presented.DeclineWith(DeclineReason.SavoirEtreNotShown, "Camille n'écoute pas.", GerantExample.Actor, GerantExample.Now).Value
            : Presented.MoveTo(GerantStage.Withdrawn, "Camille est souffrante.", GerantExample.Actor, GerantExample.Now).Value;

        var shown = GerantCandidatureView.Of(left, Mairie);

        Assert.True(GerantCandidature.VisibleTo(Mairie)!.Compile()(left));
        Assert.Equal((Enum.Parse<GerantStage>(stage), null, null, null, null), (shown.Stage, shown.Applicant, shown.Wishes, shown.Decline, shown.Source.Name));
        Assert.DoesNotContain("Camille", shown.ToString(), StringComparison.Ordinal);
        var back = left.Correct("Par erreur.", GerantExample.Actor, GerantExample.Now).Value;
        Assert.Equal("Camille Exemple", GerantCandidatureView.Of(back, Mairie).Applicant.Name);
    }

    [Fact]
    public void A_partner_reads_that_somebody_was_declined_and_not_why()
    {
        var declined = Presented.DeclineWith(DeclineReason.SavoirEtreNotShown, null, GerantExample.Actor, GerantExample.Now).Value;

        Assert.Null(GerantCandidatureView.Of(declined, Holder.Public with { Kind = HolderKind.Partner }).Decline);
        Assert.Equal(DeclineReason.SavoirEtreNotShown, GerantCandidatureView.Of(declined, Holder.Public with { Kind = HolderKind.Staff }).Decline?.Reason);
    }

    [Fact]
    public void One_that_was_merged_or_erased_stays_in_the_sight_of_its_mairie_to_be_named_as_ended()
    {
        var visible = GerantCandidature.VisibleTo(Mairie)!.Compile();

        Assert.True(visible(Presented.EndIn(GerantExample.At(GerantStage.Retained), GerantExample.Now)));
        Assert.True(visible(Presented.Erase(GerantExample.Now)));
        Assert.False(visible(GerantExample.At(GerantStage.Immersion).Erase(GerantExample.Now)));
    }

    [Fact]
    public void A_mairie_sees_what_was_presented_under_a_code_that_its_commune_had_before()
    {
        var visible = GerantCandidature.VisibleTo(Mairie with { InseeCode = "01187" })!.Compile();

        Assert.True(visible(Presented with { PresentedIn = "01330" }));
        Assert.True(visible(Presented with { PresentedIn = "01187" }));
        Assert.False(visible(Presented));
        Assert.False(visible(Presented with { PresentedIn = null }));
    }
}
