using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Shared.Tests.Communes;

public sealed class ClosestNamesTests
{
    private static readonly CommuneRegistry Registry = CommuneRegistry.Official;

    [Theory]
    [InlineData("Contrison", "55", "Contrisson")]
    [InlineData("Fercé sur Sathre", "72", "Fercé-sur-Sarthe")]
    [InlineData("St Martin d'Oyde", "09", "Saint-Martin-d'Oydes")]
    [InlineData("Labastide de Levy", "81", "Labastide-de-Lévis")]
    [InlineData("Les Abergement Clemencia", "01", "L'Abergement-Clémenciat")]
    [InlineData("Senergue", null, "Sénergues")]
    public void A_misspelt_name_has_the_official_one_as_its_closest(string text, string? departement, string name) =>
        Assert.Equal(name, Registry.Closest(text, departement, 3)[0].Name);

    [Fact]
    public void A_former_commune_is_suggested_with_the_one_it_belongs_to()
    {
        var suggestion = Registry.Closest("Antorp", "25", 1)[0];

        Assert.Equal(("Antorpe", "Saint-Vit"), (suggestion.Name, suggestion.Commune.Name));
    }

    [Fact]
    public void Bouloges_is_not_a_commune_of_the_Aube_and_the_closest_names_are()
    {
        Assert.Empty(Registry.Search("Bouloges", "10").Items);

        var closest = Registry.Closest("Bouloges", "10", 5);

        Assert.Equal("Boulages", closest[0].Name);
        Assert.InRange(closest.Count, 2, 5);
        Assert.All(closest, suggestion => Assert.Equal("10", suggestion.Commune.Departement));
        Assert.Equal(closest.OrderByDescending(suggestion => suggestion.Similarity), closest);
        Assert.InRange(closest[0].Similarity, 0.5, 0.99);
    }

    [Fact]
    public void What_resembles_no_name_has_no_suggestion() => Assert.Empty(Registry.Closest("zzzzqqqqxxxx"));

    [Theory]
    [InlineData("bouloges", "bouloges", 8, 0)]
    [InlineData("bouloges", "boulogse", 8, 1)]
    [InlineData("bouloges", "boulages", 8, 1)]
    [InlineData("bouloges", "bouges", 8, 2)]
    [InlineData("bouy", "bouloges", 8, 5)]
    [InlineData("abc", "xyz", 3, 3)]
    public void Similarity_counts_the_letters_to_change(string one, string other, int longer, int changes)
    {
        Assert.Equal(1 - (double)changes / longer, Similarity(one, other), 10);
        Assert.Equal(1 - (double)changes / longer, Similarity(other, one), 10);
    }

    [Fact]
    public void A_floor_never_hides_a_closer_name()
    {
        var letters = Gen.Elements('a', 'b', 'c').ListOf().Select(list => new string([.. list.Take(12)])).Where(text => text.Length > 0).ToArbitrary();
        Prop.ForAll(letters, letters, Gen.Choose(0, 10).Select(tenths => tenths / 10.0).ToArbitrary(), (one, other, floor) =>
        {
            var (exact, bounded) = (Similarity(one, other), Similarity(one, other, floor));
            return exact > floor + 1e-9 ? bounded == exact : bounded <= floor + 1e-9;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static double Similarity(string one, string other, double floor = 0) =>
        ClosestNames.Similarity(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other), floor);
}
