using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment;

/// <summary>Under which antenne something of a département is filed, as one word: what is filed where it no longer belongs is looked up in an index.</summary>
internal static class Filing
{
    private static readonly IReadOnlyList<Antenne?> Places = [null, .. Enum.GetValues<Antenne>()];

    public static string Of(string departement, Antenne? antenne) => $"{departement} {CommuneCandidature.KeyOf(antenne)}";

    /// <summary>Each département with each antenne that is not the one it has now.</summary>
    public static IList<string> Wrong(CommuneRegistry communes, Antennes antennes) =>
    [
        .. communes.Departements.SelectMany(departement => Places.Where(antenne => antenne != antennes.Of(departement.Code)).Select(antenne => Of(departement.Code, antenne))),
    ];
}
