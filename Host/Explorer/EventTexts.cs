using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>The words for the members of events: the modules' messages are bare facts, which say nothing of themselves.</summary>
internal static class EventTexts
{
    private static readonly FrozenSet<Type> Messages = EventCatalogue.Types.Select(type => type.Message).ToFrozenSet();

    private static readonly FrozenDictionary<string, DescribedAttribute> Members = new Dictionary<string, DescribedAttribute>
    {
        ["candidatureId"] = new("La candidature", "The candidature"),
        ["projectId"] = new("Le projet de café", "The café project"),
        ["inseeCode"] = new("Code INSEE de la commune", "INSEE code of the commune") { Example = "\"12268\"" },
        ["communeName"] = new("Nom officiel de la commune", "Official name of the commune") { Example = "\"Sénergues\"" },
        ["departement"] = new("Code du département", "Code of the département") { Example = "\"12\"" },
        ["acceptedAt"] = new("Quand la candidature a été retenue", "When the candidature was accepted"),
        ["dueOn"] = new("Dernier jour pour répondre, en France", "Last day to answer, in France") { Example = "\"2027-02-01\"" },
        ["requestedAt"] = new("Quand les corrections ont été demandées", "When the corrections were asked for"),
        ["declinedAt"] = new("Quand la candidature a été refusée", "When the candidature was declined"),
        ["reopenedAt"] = new("Quand la candidature a été rouverte", "When the candidature was reopened"),
        ["offerId"] = new("L'offre de gérance", "The gérance offer"),
        ["cafeId"] = new("Le café, s'il existe déjà", "The café, if there is one already") { Example = "\"018790c4-5b40-7c3b-9a52-3f1f2e8d4c12\"" },
        ["title"] = new("Titre de l'annonce", "Title of the offer") { Example = "\"Gérance du café de Sénergues\"" },
        ["expiresOn"] = new("Dernier jour pour répondre, en France", "Last day to answer, in France") { Example = "\"2027-03-01\"" },
        ["publishedAt"] = new("Quand l'offre a été publiée, la dernière fois", "When the offer was published, the last time"),
        ["unpublishedAt"] = new("Quand l'offre a été retirée", "When the offer was taken back"),
        ["startsOn"] = new("Premier jour en poste, en France", "First day in post, in France") { Example = "\"2027-04-01\"" },
        ["inPostAt"] = new("Quand la mise en poste a été décidée", "When it was decided"),
        ["selectedAt"] = new("Quand le candidat a été retenu", "When the candidate was retained"),
        ["presentationId"] = new("La présentation, où la mairie répond", "The presentation, where the mairie answers"),
        ["presentedAt"] = new("Quand le candidat a été présenté", "When the candidate was presented"),
        ["immersionId"] = new("L'immersion", "The immersion"),
        ["hostCafeId"] = new("Le café d'accueil", "The host café"),
        ["hostClientId"] = new("Le client de ce café, s'il en a un", "The client of that café, if it has one") { Example = "\"018790c4-5b40-7c3b-9a52-3f1f2e8d4c13\"" },
        ["firstDay"] = new("Premier jour sur place, en France", "First day there, in France") { Example = "\"2027-02-08\"" },
        ["lastDay"] = new("Dernier jour sur place, en France", "Last day there, in France") { Example = "\"2027-02-10\"" },
        ["bookedAt"] = new("Quand l'immersion a été réservée", "When the immersion was booked"),
        ["cancelledAt"] = new("Quand l'immersion a été annulée", "When the immersion was cancelled"),
        ["shortenedAt"] = new("Quand l'immersion a été écourtée", "When the immersion was cut short"),
        ["changedAt"] = new("Quand l'offre a changé", "When the offer changed"),
        ["erasedAt"] = new("Quand tout a été effacé", "When everything was erased"),
        ["sourceClientId"] = new("Le client qui avait transmis la candidature", "The client that had sent the candidature") { Example = "\"018790c4-5b40-7c3b-9a52-3f1f2e8d4c11\"" },
        ["endedAt"] = new("Quand cela a pris fin", "When it ended"),
        ["correctedAt"] = new("Quand cela a été corrigé", "When it was corrected"),
        ["filledAt"] = new("Quand l'offre a été pourvue", "When the offer was filled"),
        ["expiredAt"] = new("Quand l'offre a expiré", "When the offer expired"),
        ["siret"] = new("SIRET du café", "SIRET of the café") { Example = "\"73282932000074\"" },
        ["cafeName"] = new("Nom du café", "Name of the café") { Example = "\"Café de la Place\"" },
        ["startsWith"] = new("Par quoi commence le projet : `feasibilityStudy` ou `diagnosis`", "What the project starts with: `feasibilityStudy` or `diagnosis`") { Example = "\"feasibilityStudy\"" },
        ["owner"] = new("La clé, ou le client, à qui il est", "The key, or the client, that it belongs to") { Example = "\"018790c4-5b40-7c3b-9a52-3f1f2e8d4c11\"" },
        ["reason"] = new("Pourquoi : `gone`, l'adresse a répondu 410 ; `failing`, elle n'accepte plus rien", "Why: `gone`, the address answered 410; `failing`, it takes nothing any more") { Example = "\"failing\"" },
        ["disabledAt"] = new("Quand il a été suspendu", "When it was disabled"),
        ["sentAt"] = new("Quand l'essai a été demandé", "When the test was asked for"),
        ["link"] = new("Où lire le reste", "Where to read the rest"),
        ["subscriptionId"] = new("L'abonnement", "The subscription"),
        ["keyId"] = new("La clé", "The key"),
        ["clientId"] = new("Le client de la clé", "The client of the key"),
        ["prefix"] = new("Début de la clé, pour la reconnaître", "Start of the key, to recognise it by") { Example = "\"mck_a1b2c3\"" },
        ["expiresAt"] = new("Quand la clé prend fin", "When the key ends"),
        ["daysLeft"] = new("Jours qui restent", "Days that are left") { Example = "7" },
        ["noticedAt"] = new("Quand l'avis a été donné", "When the notice was given"),
        ["openedAt"] = new("Quand le projet s'est ouvert", "When the project opened"),
    }.ToFrozenDictionary();

    public static string? Of(Type type, DocumentLanguage language) =>
        EventCatalogue.Types.FirstOrDefault(candidate => candidate.Message == type) is { } known ? language.Choose(known.French, known.English) : null;

    public static DescribedAttribute? Of(JsonPropertyInfo member) => Messages.Contains(member.DeclaringType) ? Of(member.Name) : null;

    public static DescribedAttribute? Of(string member) => Members.GetValueOrDefault(member);
}
