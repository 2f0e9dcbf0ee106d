using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Shared.Tests.Communes;

public sealed class SearchProperties
{
    private static readonly CommuneRegistry Registry = CommuneRegistry.Official;

    private static readonly Arbitrary<Commune> Communes = Gen.Elements(Registry.Communes.AsEnumerable()).ToArbitrary();

    private static readonly Func<string, string>[] Spellings =
    [
        name => name,
        name => name.ToUpperInvariant(),
        name => name.ToLowerInvariant(),
        WithoutAccents,
        name => name.Normalize(NormalizationForm.FormD),
        name => name.Replace('-', ' ').Replace('\'', ' '),
        name => name.Replace('\'', '’'),
        name => name.Replace("-", "", StringComparison.Ordinal),
        name => $"  {name}\t",
        name => name.Replace("œ", "oe", StringComparison.Ordinal).Replace("Œ", "OE", StringComparison.Ordinal),
        name => name.Replace("Saint-", "St ", StringComparison.Ordinal).Replace("Sainte-", "Ste ", StringComparison.Ordinal),
        name => name.StartsWith("Le ", StringComparison.Ordinal) || name.StartsWith("La ", StringComparison.Ordinal) ? name[3..] : name,
        name => name.StartsWith("L'", StringComparison.Ordinal) ? name[2..] : name,
        name => string.Join(' ', name.Split('-', ' ', '\'').Reverse()),
    ];

    [Fact]
    public void A_commune_is_found_by_its_name_however_it_is_spelled() =>
        Prop.ForAll(Communes, Gen.Elements(Spellings).ToArbitrary(), (commune, spell) => Finds(commune, spell(commune.Name)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void A_commune_is_found_by_any_prefix_of_its_name() =>
        Prop.ForAll(Communes, Gen.Choose(1, 45).ToArbitrary(), (commune, length) => Finds(commune, commune.Name[..Math.Min(length, commune.Name.Length)]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_commune_is_found_by_its_codes() =>
        // A former code that a part of another commune has today (60455) leads there
        Prop.ForAll(Communes, commune => commune.Postcodes.Concat(commune.FormerCodes.Where(code => Registry.Find(code)!.Commune == commune)).Append(commune.InseeCode).All(code => Finds(commune, code)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_commune_is_the_closest_to_its_own_name() =>
        Prop.ForAll(Communes, commune => Registry.Closest(commune.Name.ToUpperInvariant(), commune.Departement, 1) is [{ Similarity: 1 }])
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void No_text_makes_a_search_fail() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (text, other) =>
        {
            var page = Registry.Search(text, eligible: true, after: null, limit: 5);
            _ = Registry.Search(text, departement: other, after: other);
            _ = Registry.Find(text);
            _ = Registry.Closest(text ?? "", "10", 1);
            return page.Items.Count <= 5 && page.Items.All(hit => hit.Commune.Eligible);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static bool Finds(Commune commune, string text) =>
        Registry.Search(text, commune.Departement, limit: 2_000).Items.Any(hit => hit.Commune == commune);

    private static string WithoutAccents(string name) => string.Concat(
        name.Normalize(NormalizationForm.FormD).Where(character => char.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark));
}
