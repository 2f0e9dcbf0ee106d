using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.Funnel;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Tests.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>The 26 openings of 2023, as the activity report has them: each applies, and is counted.</summary>
public sealed class OpeningsTests
{
    private static readonly CommuneRegistry Registry = CommuneRegistry.Official;
    private static readonly CandidatureGrounds Grounds = new(Registry, Antennes.Usual, PriorityWeights.Usual);
    private static readonly IReadOnlyList<Opening> Openings = [.. File.ReadLines(Find(new(AppContext.BaseDirectory))).Where(line => line.StartsWith("2023-", StringComparison.Ordinal))
        .Select(line => line.Split(',')).Select(cells => new Opening(int.Parse(cells[0][5..], null), cells[1], cells[2]))];

    [Fact]
    public void The_funnel_counts_26_in_post_by_month() => Assert.Equal(
        [1, 1, 3, 4, 1, 5, 2, 2, 3, 1, 2, 1], Funnel(FunnelGrouping.Month).Groups.Select(group => Assert.Single(group.Stages, stage => stage.Stage == GerantStage.InPost).Now));

    [Fact]
    public void The_funnel_counts_26_in_post_by_antenne() => Assert.Equal(
        [(Antenne.NorthEast, 7), (Antenne.NorthWest, 2), (Antenne.CentreWest, 6), (Antenne.SouthWest, 4), (Antenne.SouthEast, 7)],
        Funnel(FunnelGrouping.Antenne).Groups.Select(group => (group.Antenne!.Value, group.Stages.Single(stage => stage.Stage == GerantStage.InPost).Now)));

    [Fact]
    public void Each_of_them_that_insee_knows_applies_goes_to_its_antenne_and_is_eligible_none_being_too_large()
    {
        var candidatures = Openings.Select(Apply).OfType<CommuneCandidature>().ToList();

        Assert.Equal(["Bouloges"], Openings.Where(opening => Apply(opening) is null).Select(opening => opening.Commune));
        Assert.Equal([6, 2, 6, 4, 7], candidatures.CountBy(candidature => candidature.Antenne!.Value).OrderBy(one => one.Key).Select(one => one.Value));
        Assert.Empty(candidatures.Where(candidature => !candidature.Eligibility.Eligible).Select(candidature => candidature.CommuneName));
    }

    private static CommuneCandidature? Apply(Opening opening) => Registry.Search(opening.Commune, opening.Departement).Items is [var hit, ..] && Grounds.Find(hit.Commune.InseeCode) is { } ground
        ? CommuneCandidature.Submit(Guid.CreateVersion7(), ground, Example.Facts, Example.Actor, Example.Now)
        : null;

    /// <summary>A gérant for each of the openings, in post in its month, as the database counts them.</summary>
    private static FunnelView Funnel(FunnelGrouping by)
    {
        var groups = new FunnelGroups(by, namesPersons: false);
        foreach (var opening in Openings)
        {
            var received = GerantExample.Received(applicant: GerantExample.Camille with { Departement = opening.Departement }, now: new(2023, opening.Month, 15, 9, 30, 0, TimeSpan.Zero));
            groups.Count(FunnelLine.Read(GerantExample.MovedTo(GerantStage.InPost, received).FunnelLine));
        }

        return groups.View();
    }

    private static string Find(DirectoryInfo folder) => Path.Combine(folder.FullName, "tests", "Tour", "openings-2023.csv") is var file && File.Exists(file)
        ? file
        : Find(folder.Parent ?? throw new InvalidOperationException("No tests/Tour above the tests."));

    private sealed record Opening(int Month, string Commune, string Departement);
}
