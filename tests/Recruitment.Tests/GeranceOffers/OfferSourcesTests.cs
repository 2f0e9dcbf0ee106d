using MilleCafes.Recruitment.Funnel;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Tests.GerantCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GeranceOffers;

/// <summary>Where candidatures come from, counted from their lines.</summary>
public sealed class OfferSourcesTests
{
    [Fact]
    public void Beyond_a_hundred_sources_the_others_are_one_line_and_the_total_is_of_all()
    {
        var sources = new OfferSources();
        var offers = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var number = 0; number < 105; number++)
        {
            foreach (var _ in Enumerable.Range(0, number < 5 ? 1 : 2))
            {
                Add(sources, GerantExample.Received() with { OfferId = offers[number % 3], Source = new($"Source {number}", null) });
            }
        }

        var view = sources.View(namesPersons: true);

        Assert.Equal((205, 101), (view.Candidatures, view.Sources.Count));
        Assert.Equal(view.Candidatures, view.Sources.Sum(source => source.Candidatures));
        Assert.Equal(new(null, null, 5, 0, 3, true), view.Sources[^1]);
        Assert.All(view.Sources.SkipLast(1), source => Assert.Equal((2, 1, false), (source.Candidatures, source.Offers, source.Others)));
    }

    [Fact]
    public void Who_is_in_post_counts_also_once_erased_and_a_partner_is_its_client()
    {
        var (sources, partner) = (new OfferSources(), Guid.CreateVersion7());
        foreach (var stage in new[] { GerantStage.InPost, GerantStage.Trained, GerantStage.Declined })
        {
            Add(sources, GerantExample.At(stage) with { Source = new("Emplois ruraux", partner) });
        }

        Add(sources, (GerantExample.At(GerantStage.InPost) with { Source = new("Emplois ruraux", partner) }).Erase(GerantExample.Now));
        Assert.Equal(new(null, partner, 4, 2, 0, false), Assert.Single(sources.View(namesPersons: true).Sources));
    }

    [Fact]
    public void What_candidates_write_of_their_source_is_one_line_for_whoever_may_not_read_of_persons_and_the_total_is_the_same()
    {
        var (sources, partner) = (new OfferSources(), Guid.CreateVersion7());
        foreach (var source in new CandidatureSource[] { new("Ma voisine Jeanne", null), new("Affiche", null), new("Affiche", null), new(null, null), new("Par Jeanne", partner) })
        {
            Add(sources, GerantExample.Received() with { Source = source });
        }

        sources.Add(partner, "Par Jeanne", 1, 0, Guid.CreateVersion7());
        var (open, closed) = (sources.View(namesPersons: true), sources.View(namesPersons: false));

        Assert.Equal((5, 5, 5), (open.Candidatures, closed.Candidatures, closed.Sources.Sum(source => source.Candidatures)));
        Assert.Contains(open.Sources, source => source.Source == "ma voisine jeanne");
        Assert.All(closed.Sources, source => Assert.Null(source.Source));
        Assert.Equal([(null, 1, false), (partner, 1, false), (null, 3, true)], closed.Sources.Select(source => (source.ClientId, source.Candidatures, source.Others)));
    }

    private static void Add(OfferSources sources, GerantCandidature candidature) => sources.Add(FunnelLine.Read(candidature.FunnelLine));
}
