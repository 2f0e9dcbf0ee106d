using System.Collections.Immutable;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What a candidate agrees to by the public form; a text that changes gets another version, and those in use before stay here.</summary>
/// <param name="AfterLastContact">How long it says that candidates are remembered at most.</param>
/// <param name="AfterDecline">The same after a refusal, of those who agree to no more.</param>
internal sealed record ConsentText(string Version, TimeSpan AfterLastContact, TimeSpan AfterDecline, string French, string English)
{
    public const string CurrentVersion = "2026-12";

    public static readonly ImmutableArray<ConsentText> All =
    [
        new(
            "2026-11",
            TimeSpan.FromDays(730),
            TimeSpan.FromDays(92),
            "J'accepte que l'association « 1000 cafés » conserve ma candidature pour étudier mon projet de tenir un café, et la présente aux mairies concernées. Mes données ne servent à rien d'autre. "
            + "Elles sont gardées deux ans au plus après notre dernier échange, et trois mois après un refus si je n'accepte pas qu'elles le soient plus longtemps, puis effacées. Je peux à tout moment en demander une copie, les corriger, retirer mon accord ou les faire effacer.",
            "I agree that the association “1000 cafés” keeps my candidature to study my wish to run a café, and presents it to the mairies concerned. My data serve nothing else. "
            + "They are kept for two years at most after our last exchange, and for three months after a refusal unless I agree to more, then erased. At any time I can ask for a copy of them, correct them, withdraw my consent or have them erased."),
        new(
            CurrentVersion,
            TimeSpan.FromDays(730),
            TimeSpan.FromDays(92),
            "J'accepte que l'association « 1000 cafés » conserve ma candidature pour étudier mon projet de tenir un café, et la présente aux mairies et aux cafés d'accueil concernés. Mes données ne servent à rien d'autre. "
            + "Elles sont gardées deux ans au plus après notre dernier échange, et trois mois après un refus si je n'accepte pas qu'elles le soient plus longtemps, puis effacées. Je peux à tout moment en demander une copie, les corriger, retirer mon accord ou les faire effacer.",
            "I agree that the association “1000 cafés” keeps my candidature to study my wish to run a café, and presents it to the mairies and host cafés concerned. My data serve nothing else. "
            + "They are kept for two years at most after our last exchange, and for three months after a refusal unless I agree to more, then erased. At any time I can ask for a copy of them, correct them, withdraw my consent or have them erased."),
    ];

    /// <summary>The one that is shown.</summary>
    public static ConsentText Current => All[^1];

    public string In(string language) => language == "en" ? English : French;
}
