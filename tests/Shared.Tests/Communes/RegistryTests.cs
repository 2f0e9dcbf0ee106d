using MilleCafes.Shared.Communes;

namespace MilleCafes.Shared.Tests.Communes;

public sealed class RegistryTests
{
    private static readonly CommuneRegistry Registry = CommuneRegistry.Official;

    [Fact]
    public void The_registry_of_2026_has_every_commune()
    {
        Assert.Equal(2026, Registry.RegistryYear);
        Assert.Equal(34_969, Registry.Communes.Count);
        Assert.Equal(109, Registry.Departements.Count);
        Assert.Equal(34_969, Registry.Communes.Select(commune => commune.InseeCode).Distinct().Count());
    }

    [Fact]
    public void A_commune_is_what_the_official_code_says()
    {
        var commune = Registry.Find("10148")!.Commune;

        Assert.Equal("Ferreux-Quincey", commune.Name);
        Assert.Equal(("10", "Aube", "Grand Est"), (commune.Departement, commune.DepartementName, commune.Region));
        Assert.Equal(["10400"], commune.Postcodes);
        Assert.True(commune.Eligible);
    }

    [Theory]
    [InlineData("2A004", "Ajaccio", "Corse-du-Sud")]
    [InlineData("2b033", "Bastia", "Haute-Corse")]
    [InlineData(" 97411 ", "Saint-Denis", "La Réunion")]
    [InlineData("01004", "Ambérieu-en-Bugey", "Ain")]
    public void A_code_is_read_as_people_type_it(string code, string name, string departement)
    {
        var match = Registry.Find(code)!;

        Assert.Equal((name, departement, CommuneCodeKind.Current), (match.Commune.Name, match.Commune.DepartementName, match.Kind));
    }

    [Theory]
    [InlineData("01025", "01025", CommuneCodeKind.Current)] // Bâgé-Dommartin, whose code its déléguée Bâgé-la-Ville bears too
    [InlineData("01144", "01025", CommuneCodeKind.Delegated)] // Dommartin
    [InlineData("02285", "59545", CommuneCodeKind.Associated)] // Escaufourt, now in Nord
    [InlineData("13201", "13055", CommuneCodeKind.Arrondissement)]
    [InlineData("69381", "69123", CommuneCodeKind.Arrondissement)]
    [InlineData("75120", "75056", CommuneCodeKind.Arrondissement)]
    [InlineData("20004", "2A004", CommuneCodeKind.Former)] // Ajaccio before Corsica was split
    [InlineData("39012", "25527", CommuneCodeKind.Associated)] // Antorpe, also a former code of Saint-Vit
    public void A_code_leads_to_the_commune_of_today(string code, string communeNow, CommuneCodeKind kind)
    {
        var match = Registry.Find(code)!;

        Assert.Equal((communeNow, kind, code), (match.Commune.InseeCode, match.Kind, match.RequestedCode));
    }

    [Fact]
    public void Every_code_that_is_no_communes_any_more_has_a_successor_and_those_of_the_last_years_a_day()
    {
        var ended = Registry.Communes.SelectMany(commune => Registry.EndedSince(DateTimeOffset.MinValue, commune)).ToList();

        Assert.Equal(4_240, ended.Count);
        Assert.All(ended, one => Assert.Equal(one.Successor, Registry.Find(one.InseeCode)!.Commune));
        Assert.Equal([(2023, 11), (2024, 13), (2025, 68)], ended.Where(one => one.On is not null).CountBy(one => one.On!.Value.Year).OrderBy(year => year.Key).Select(year => (year.Key, year.Value)));
    }

    [Fact]
    public void Every_code_of_the_registry_leads_to_a_commune()
    {
        var file = RegistryFile.Read();

        Assert.All(file.Communes, commune => Assert.Equal((commune.InseeCode, CommuneCodeKind.Current), Resolve(commune.InseeCode)));
        Assert.All(file.Parts, part => Assert.Equal(file.Communes[part.Commune].InseeCode, Resolve(part.Code).Code));
        Assert.All(
            file.Communes.SelectMany(commune => commune.FormerCodes, (commune, code) => (commune, code)).Where(pair => pair.code is not ("55273" or "60455")),
            pair => Assert.Equal(pair.commune.InseeCode, Resolve(pair.code).Code));
        Assert.Equal((2_105, 471, 45), (Count(CommuneCodeKind.Delegated), Count(CommuneCodeKind.Associated), Count(CommuneCodeKind.Arrondissement)));
        Assert.Equal(4_240, file.Communes.Sum(commune => commune.FormerCodes.Count));

        int Count(CommuneCodeKind kind) => file.Parts.Count(part => part.Kind == kind);
    }

    [Theory] // INSEE lists these two as former codes of one commune although they are déléguées of another, which they joined later
    [InlineData("55273", "55386")]
    [InlineData("60455", "60694")]
    public void A_part_of_a_commune_wins_over_a_former_code(string code, string communeNow) => Assert.Equal(communeNow, Resolve(code).Code);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("99999")]
    [InlineData("1004")]
    [InlineData("010045")]
    [InlineData("2C004")]
    [InlineData("A2004")]
    [InlineData("1A004")]
    [InlineData("2A00B")]
    [InlineData("٠١٠٠٤")]
    public void An_unknown_or_malformed_code_leads_nowhere(string? code) => Assert.Null(Registry.Find(code));

    [Theory]
    [InlineData("56058", 3_499, true)] // Férel
    [InlineData("38061", 3_500, false)] // La Buisse
    [InlineData("68156", 3_502, false)] // Issenheim
    [InlineData("55039", 0, true)] // Beaumont-en-Verdunois, destroyed in 1916
    public void Fewer_than_3500_is_strict(string code, int population, bool eligible)
    {
        var commune = Registry.Find(code)!.Commune;

        Assert.Equal((population, eligible), (commune.Population, commune.Eligible));
    }

    [Fact]
    public void A_departement_is_found_by_its_code()
    {
        Assert.Equal(new Departement("2A", "Corse-du-Sud", "Corse"), Registry.FindDepartement("2a"));
        Assert.Null(Registry.FindDepartement("20"));
        Assert.Null(Registry.FindDepartement(null));
        Assert.All(Registry.Communes, commune => Assert.Equal(commune.DepartementName, Registry.FindDepartement(commune.Departement)!.Name));
    }

    private static (string Code, CommuneCodeKind Kind) Resolve(string code) =>
        Registry.Find(code) is { } match ? (match.Commune.InseeCode, match.Kind) : ("", default);
}
