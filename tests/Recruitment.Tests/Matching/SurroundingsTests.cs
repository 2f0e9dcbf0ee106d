using MilleCafes.Recruitment.Matching;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Xunit;

namespace MilleCafes.Recruitment.Tests.Matching;

/// <summary>What lies around a café, ring by ring.</summary>
public sealed class SurroundingsTests
{
    [Fact]
    public void The_départements_of_an_antenne_are_one_ring()
    {
        var around = Surroundings.Of("80021", "80", CommuneRegistry.Official, Antennes.Usual);

        Assert.Equal([Closeness.SameCommune, Closeness.SameDepartement, Closeness.SameAntenne, Closeness.Elsewhere], around.Rings.Select(ring => ring.Closeness));
        Assert.Equal(0, around.RingOf("80021", "80"));
        Assert.Equal(1, around.RingOf("80001", "80"));
        Assert.Equal([2, 2, 2], new[] { "02", "60", "62" }.Select(other => around.RingOf(other + "001", other)));
        Assert.Equal([3, 3], new[] { "12", "2A" }.Select(other => around.RingOf(other + "004", other)));
        Assert.DoesNotContain("80", around.Rings[2].Departements);
    }

    [Fact]
    public void Whoever_lives_under_a_code_that_led_to_the_commune_lives_there()
    {
        foreach (var code in new[] { "01187", "01330" })
        {
            var around = Surroundings.Of(code, "01", CommuneRegistry.Official, Antennes.Usual);

            Assert.Equal([0, 0, 1], new[] { "01187", "01330", "01004" }.Select(other => around.RingOf(other, "01")));
        }
    }

    [Fact]
    public void Corsica_has_no_antenne_and_so_no_such_ring()
    {
        var around = Surroundings.Of("2A004", "2A", CommuneRegistry.Official, Antennes.Usual);

        Assert.Equal([Closeness.SameCommune, Closeness.SameDepartement, Closeness.Elsewhere], around.Rings.Select(ring => ring.Closeness));
        Assert.Equal(2, around.RingOf("2B033", "2B"));
        Assert.Equal(Closeness.Elsewhere, around.ClosenessOf("12268", "12"));
    }
}
