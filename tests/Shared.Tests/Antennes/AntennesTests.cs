using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Shared.Tests;

public sealed class AntennesTests
{
    public AntennesTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData("12", Antenne.SouthWest)]
    [InlineData("72", Antenne.CentreWest)]
    [InlineData("43", Antenne.SouthEast)]
    [InlineData("35", Antenne.NorthWest)]
    [InlineData("08", Antenne.NorthEast)]
    [InlineData("87", Antenne.CentreWest)]
    [InlineData("64", Antenne.SouthWest)]
    [InlineData("2a", null)]
    [InlineData("974", null)]
    [InlineData("20", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_departement_has_the_antenne_of_its_region_and_Corsica_and_overseas_have_none(string? departement, Antenne? antenne) =>
        Assert.Equal(antenne, Antennes.Usual.Of(departement));

    [Fact]
    public void Each_departement_of_the_mainland_has_an_antenne() => Assert.All(
        CommuneRegistry.Official.Departements.Where(departement => departement.Code.Length == 2 && departement.Region is not "Corse"),
        departement => Assert.NotNull(Antennes.Usual.Of(departement.Code)));

    [Fact]
    public void The_split_of_Nouvelle_Aquitaine_is_what_the_settings_say()
    {
        var (antennes, faults) = Read("16,17,23,79,86", "19,24,33,40,47,64,87");
        Assert.Empty(faults);
        Assert.Equal(Antenne.SouthWest, antennes.Of("87"));
        Assert.Equal(Antenne.CentreWest, antennes.Of("86"));
    }

    [Theory]
    [InlineData("16,17,23,79,86,87,19", "19,24,33,40,47,64", "Antennes:NouvelleAquitaineNorth and Antennes:NouvelleAquitaineSouth: the département 19 is in both")]
    [InlineData("16,17,23,79,86", null, "Antennes:NouvelleAquitaineNorth and Antennes:NouvelleAquitaineSouth: the département 87 is in neither")]
    [InlineData("16,17,23,79,86,87,72", null, "Antennes:NouvelleAquitaineNorth = “72”: it must be a département of Nouvelle-Aquitaine")]
    [InlineData(null, "19,24,33,40,47,64,99", "Antennes:NouvelleAquitaineSouth = “99”: it must be a département of Nouvelle-Aquitaine")]
    public void A_split_that_is_none_is_a_fault_at_start(string? north, string? south, string fault) => Assert.Equal([fault], Read(north, south).Faults);

    private static (Antennes Antennes, IReadOnlyList<string> Faults) Read(string? north, string? south)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Antennes:NouvelleAquitaineNorth"] = north,
            ["Antennes:NouvelleAquitaineSouth"] = south,
        }).Build();
        var reader = new SettingsReader(configuration, new HostingEnvironment { EnvironmentName = "Production" });
        return (Antennes.Read(reader), reader.Faults);
    }
}
