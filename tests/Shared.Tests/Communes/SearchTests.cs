using MilleCafes.Shared.Communes;

namespace MilleCafes.Shared.Tests.Communes;

public sealed class SearchTests
{
    private static readonly CommuneRegistry Registry = CommuneRegistry.Official;

    public static TheoryData<string, string> OpeningsOf2023 => new()
    {
        { "Mézières-sous-Lavardin", "72" }, { "Dompierre-les-Églises", "87" }, { "Mattaincourt", "88" }, { "Tiranges", "43" },
        { "Ferreux-Quincey", "10" }, { "Vouécourt", "52" }, { "Franchesse", "03" }, { "Grâce-Uzel", "22" }, { "Sénergues", "12" },
        { "Labastide-de-Lévis", "81" }, { "Vieux-Vy-sur-Couesnon", "35" }, { "Villedubert", "11" }, { "Thodure", "38" }, { "Ladinhac", "15" },
        { "Moulins-le-Carbonnel", "72" }, { "Fercé-sur-Sarthe", "72" }, { "Saint-Didier-la-Forêt", "03" }, { "Saint-Martin-d'Oydes", "09" },
        { "Bassou", "89" }, { "Mévoisins", "28" }, { "Congrier", "53" }, { "Contrisson", "55" }, { "Noyers-Pont-Maugis", "08" },
        { "Clavy-Warby", "08" }, { "Cottance", "42" },
    };

    [Theory]
    [MemberData(nameof(OpeningsOf2023))]
    public void The_openings_of_2023_are_found_in_their_departement(string name, string departement)
    {
        var hit = Registry.Search(name, departement).Items[0];

        Assert.Equal((name, departement, null), (hit.Commune.Name, hit.Commune.Departement, hit.MatchedName));
        Assert.True(hit.Commune.Eligible);
    }

    [Theory]
    [InlineData("SAINT MARTIN D OYDES", "09270")]
    [InlineData("st-martin-d’oydes", "09270")]
    [InlineData("saint martin doydes", "09270")]
    [InlineData("Saint\u2010Martin d'Oydes", "09270")]
    [InlineData("oydes martin", "09270")]
    [InlineData("dompierre eglises", "87057")]
    [InlineData("Dompierre-les-E\u0301glises", "87057")]
    [InlineData("Stes Maries de la Mer", "13096")]
    [InlineData("ste-genevieve 60", "60575")]
    [InlineData("abergement clemenciat", "01001")]
    [InlineData("l'abergement clemenciat", "01001")]
    [InlineData("labergement clemenciat", "01001")]
    [InlineData("Le Mans", "72181")]
    [InlineData("mans", "72181")]
    [InlineData("le man", "72181")]
    [InlineData("hay-les-roses", "94038")]
    [InlineData("L'HAŸ LES ROSES", "94038")]
    [InlineData("Oeuilly 51", "51410")]
    [InlineData("schoeneck", "57638")]
    [InlineData("neuf chateau", "88321")]
    [InlineData("sens", "89387")]
    [InlineData("(Paris)", "75056")]
    public void A_name_is_found_however_it_is_typed(string text, string first) =>
        Assert.Equal(first, Registry.Search(text).Items.Select(hit => hit.Commune.InseeCode).FirstOrDefault());

    [Fact]
    public void Ligatures_and_their_letters_are_the_same() =>
        Assert.Equal(Registry.Search("Œuilly").Items.Select(hit => hit.Commune.InseeCode), Registry.Search("OEUILLY").Items.Select(hit => hit.Commune.InseeCode));

    [Theory]
    [InlineData("10400", "Ferreux-Quincey")]
    [InlineData("10148", "Ferreux-Quincey")]
    [InlineData("10400 ferreux", "Ferreux-Quincey")]
    [InlineData("Ferreux (10)", "Ferreux-Quincey")]
    [InlineData("2a004", "Ajaccio")]
    [InlineData("75012", "Paris")]
    public void Postcodes_and_codes_find_communes(string text, string name) =>
        Assert.Contains(Registry.Search(text, limit: 200).Items, hit => hit.Commune.Name == name && hit.MatchedName is null);

    [Fact]
    public void A_code_typed_in_full_comes_first() => Assert.Equal("10148", Registry.Search("10148").Items[0].Commune.InseeCode);

    [Theory]
    [InlineData("Antorpe", "25527", "Antorpe")]
    [InlineData("39012", "25527", "Antorpe")]
    [InlineData("Escaufourt", "59545", "Escaufourt")]
    [InlineData("Bâgé-la-Ville", "01025", "Bâgé-la-Ville")]
    [InlineData("paris 12e", "75056", "Paris 12e Arrondissement")]
    [InlineData("20004", "2A004", null)]
    public void A_former_commune_finds_the_one_it_belongs_to(string text, string code, string? matchedName)
    {
        var hit = Registry.Search(text).Items[0];

        Assert.Equal((code, matchedName), (hit.Commune.InseeCode, hit.MatchedName));
    }

    [Fact]
    public void Names_that_start_with_the_text_come_before_those_that_contain_it()
    {
        var names = Registry.Search("lavardin", limit: 200).Items.Select(hit => hit.Commune.Name).ToList();

        Assert.Equal(["Lavardin", "Lavardin"], names[..2]);
        Assert.Contains("Mézières-sous-Lavardin", names);
    }

    [Fact]
    public void Among_equals_the_more_populated_comes_first()
    {
        var populations = Registry.Search("Saint-Denis", limit: 200).Items
            .Where(hit => hit.Commune.Name == "Saint-Denis" && hit.MatchedName is null).Select(hit => hit.Commune.Population).ToList();

        Assert.True(populations.Count > 3);
        Assert.Equal(populations.OrderDescending(), populations);
    }

    [Fact]
    public void A_commune_comes_before_the_former_ones_of_the_same_name()
    {
        var found = Registry.Search("Vaux", limit: 5).Items.Select(hit => (hit.Commune.InseeCode, hit.MatchedName));

        Assert.Equal([("03301", null), ("57701", null), ("31570", null), ("89024", "Vaux"), ("86082", "Vaux")], found);
    }

    [Fact]
    public void A_typed_article_counts_in_favour_of_the_names_that_have_it()
    {
        var names = Registry.Search("le m", limit: 200).Items.Select(hit => hit.Commune.Name).ToList();

        Assert.All(names[..20], name => Assert.StartsWith("Le M", name, StringComparison.Ordinal));
        Assert.Contains(Registry.Search("le mon", limit: 2_000).Items, hit => hit.Commune.Name == "Mons");
    }

    [Fact]
    public void Without_a_text_communes_are_listed_by_departement_and_name()
    {
        var page = Registry.Search(departement: "2B", limit: 200);
        var rest = Registry.Search(departement: "2B", after: page.Next, limit: 200);

        Assert.Equal(200, page.Items.Count);
        Assert.Null(rest.Next);
        Assert.Equal(Registry.Communes.Where(commune => commune.Departement == "2B").Select(commune => commune.InseeCode).Order(),
            page.Items.Concat(rest.Items).Select(hit => hit.Commune.InseeCode).Order());
        Assert.Equal("Aghione", page.Items[0].Commune.Name);
        Assert.Equal("L'Abergement-Clémenciat", Registry.Search(limit: 1).Items[0].Commune.Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_eligible_filter_is_the_rule_of_3500(bool eligible)
    {
        var found = Pages(null, null, eligible, limit: 200).ToList();

        Assert.Equal(Registry.Communes.Count(commune => commune.Population < 3_500 == eligible), found.Count);
        Assert.All(found, commune => Assert.Equal(eligible, commune.Population < 3_500));
    }

    [Theory]
    [InlineData("s", null, 200)]
    [InlineData("st ma", null, 7)]
    [InlineData("la", null, 50)]
    [InlineData("10", null, 13)]
    [InlineData(null, "10", 1)]
    [InlineData("mont", "38", 3)]
    public void Pages_follow_one_another_without_gap_or_duplicate(string? text, string? departement, int limit)
    {
        var all = Registry.Search(text, departement, limit: 40_000).Items.Select(hit => hit.Commune.InseeCode).ToList();

        Assert.NotEmpty(all);
        Assert.Distinct(all);
        Assert.Equal(all, Pages(text, departement, null, limit).Select(commune => commune.InseeCode));
    }

    [Theory]
    [InlineData("***")]
    [InlineData("Москва")]
    [InlineData("Ajaccio Москва")]
    [InlineData("\u0000\u0001")]
    [InlineData("\ud800")]
    [InlineData("xqzw")]
    public void A_text_that_no_name_has_finds_nothing(string text) => Assert.Empty(Registry.Search(text).Items);

    [Fact]
    public void Very_long_texts_find_nothing()
    {
        Assert.Empty(Registry.Search(new('s', 1_000_000)).Items);
        Assert.Empty(Registry.Search(string.Concat(Enumerable.Repeat("1 ", 500_000))).Items);
        Assert.Empty(Registry.Closest(new('s', 1_000_000)));
    }

    [Fact]
    public void Unknown_departements_and_cursors_find_nothing()
    {
        Assert.Empty(Registry.Search("Ajaccio", "20").Items);
        Assert.Empty(Registry.Search("Ajaccio", after: "99999").Items);
        Assert.Empty(Registry.Closest("Ajaccio", "20"));
    }

    private static IEnumerable<Commune> Pages(string? text, string? departement, bool? eligible, int limit)
    {
        string? after = null;
        do
        {
            var page = Registry.Search(text, departement, eligible, after, limit);
            foreach (var hit in page.Items)
            {
                yield return hit.Commune;
            }

            after = page.Next;
        }
        while (after is not null);
    }
}
