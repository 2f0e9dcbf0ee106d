using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Matching;

/// <summary>What speaks for or against bringing a candidate and an offer together; experience, diploma and observations are none of them.</summary>
internal enum MatchReason
{
    SameCommune,
    SameDepartement,
    SameAntenne,
    Elsewhere,
    AnswersThisOffer,
    AnswersAnotherOffer,
    WishedDepartement,
    WishedRegion,
    WishedAntenne,
    AvailableInTime,
    AvailableLater,

    /// <summary>Another candidate is retained for the offer.</summary>
    Reserved,
}

internal sealed record MatchReasonView(
    [property: Described("La raison", "The reason")] MatchReason Reason,
    [property: Described("La raison, en toutes lettres", "The reason, spelled out", Example = "\"Habite la commune du café\"", EnglishExample = "\"Lives in the commune of the café\"")] string Text)
{
    public static MatchReasonView Of(MatchReason reason) => new(reason, TextOf(reason));

    public static IReadOnlyList<MatchReasonView> Of(GerantCandidature candidature, GeranceOffer offer, Closeness closeness, Antennes antennes) =>
        [.. Reasons(candidature, offer, closeness, antennes).Select(Of)];

    private static IEnumerable<MatchReason> Reasons(GerantCandidature candidature, GeranceOffer offer, Closeness closeness, Antennes antennes)
    {
        yield return closeness switch
        {
            Closeness.SameCommune => MatchReason.SameCommune,
            Closeness.SameDepartement => MatchReason.SameDepartement,
            Closeness.SameAntenne => MatchReason.SameAntenne,
            _ => MatchReason.Elsewhere,
        };
        if (candidature.OfferId is { } answered)
        {
            yield return answered == offer.Id ? MatchReason.AnswersThisOffer : MatchReason.AnswersAnotherOffer;
        }

        if (Wishes(candidature, offer, antennes) is { } wish)
        {
            yield return wish;
        }

        if (candidature.Applicant.AvailableFrom is { } from && offer.Facts.StartsOn is { } start)
        {
            yield return from <= start ? MatchReason.AvailableInTime : MatchReason.AvailableLater;
        }
    }

    private static MatchReason? Wishes(GerantCandidature candidature, GeranceOffer offer, Antennes antennes) => candidature.Wishes is not { } wishes ? null
        : wishes.Departements.Contains(offer.Departement) ? MatchReason.WishedDepartement
        : CommuneRegistry.Official.FindDepartement(offer.Departement) is { } departement && wishes.Regions.Contains(departement.Region) ? MatchReason.WishedRegion
        : wishes.Antenne is { } wished && wished == antennes.Of(offer.Departement) ? MatchReason.WishedAntenne
        : null;

    private static string TextOf(MatchReason reason) => reason switch
    {
        MatchReason.SameCommune => Language.Choose("Habite la commune du café", "Lives in the commune of the café"),
        MatchReason.SameDepartement => Language.Choose("Habite le département du café", "Lives in the département of the café"),
        MatchReason.SameAntenne => Language.Choose("Habite un département de la même antenne", "Lives in a département of the same antenne"),
        MatchReason.Elsewhere => Language.Choose("Habite plus loin", "Lives further away"),
        MatchReason.AnswersThisOffer => Language.Choose("Répond à cette offre", "Answers this offer"),
        MatchReason.AnswersAnotherOffer => Language.Choose("Répond à une autre offre", "Answers another offer"),
        MatchReason.WishedDepartement => Language.Choose("Souhaite ce département", "Wishes for this département"),
        MatchReason.WishedRegion => Language.Choose("Souhaite cette région", "Wishes for this region"),
        MatchReason.WishedAntenne => Language.Choose("Souhaite cette antenne", "Wishes for this antenne"),
        MatchReason.AvailableInTime => Language.Choose("Disponible le jour de la reprise", "Available on the day the café is taken over"),
        MatchReason.Reserved => Language.Choose("Réservée à un autre candidat", "Reserved for another candidate"),
        _ => Language.Choose("Disponible plus tard que le jour de la reprise", "Available later than the day the café is taken over"),
    };
}
