using System.Collections.Immutable;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Recruitment.Contracts;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>Every event that leaves the house; what is not here is told to nobody.</summary>
internal static class EventCatalogue
{
    public const string Ping = "webhooks.ping";

    /// <summary>What anybody can read without a key.</summary>
    public const string OpenOffers = "/v1/recruitment/open-offers";

    private const string Immersions = "/v1/recruitment/immersions";
    private const string Subscriptions = "/v1/webhooks/subscriptions";

    public static readonly ImmutableArray<WebhookEventType> Types =
    [
        new WebhookEventType<CommuneCandidatureAccepted>(
            "recruitment.commune-candidature.accepted",
            "Le réseau retient la candidature d'une commune.",
            "The network accepts the candidature of a commune.",
            "/v1/recruitment/commune-candidatures",
            message => message.CandidatureId,
            message => message.AcceptedAt),
        new WebhookEventType<ImmersionBooked>(
            "recruitment.immersion.booked",
            "Un café va accueillir un candidat quelques jours.",
            "A café is to receive a candidate for some days.",
            Immersions,
            message => message.ImmersionId,
            message => message.BookedAt),
        new WebhookEventType<ImmersionCalledOff>(
            "recruitment.immersion.called-off",
            "Un café devait accueillir un candidat, qui ne vient pas.",
            "A café was to receive a candidate, who does not come.",
            Immersions,
            message => message.ImmersionId,
            message => message.CalledOffAt),
        new WebhookEventType<CandidatePresented>(
            "recruitment.candidate.presented",
            "Un candidat est présenté à la mairie, dont la réponse est attendue.",
            "A candidate is presented to the mairie, whose answer is awaited.",
            "/v1/recruitment/presentations",
            message => message.PresentationId,
            message => message.PresentedAt),
        new WebhookEventType<GerantSelected>(
            "recruitment.gerant.selected",
            "Un candidat est retenu pour une offre de gérance, après le oui de la mairie.",
            "A candidate is retained for a gérance offer, after the mairie's yes.",
            "/v1/recruitment/gerant-candidatures",
            message => message.CandidatureId,
            message => message.SelectedAt),
        new WebhookEventType<CafeCandidatureAccepted>(
            "recruitment.cafe-candidature.accepted",
            "Le réseau retient la candidature d'un café existant.",
            "The network accepts the candidature of an existing café.",
            "/v1/recruitment/cafe-candidatures",
            message => message.CandidatureId,
            message => message.AcceptedAt),
        new WebhookEventType<GeranceOfferPublished>(
            "recruitment.gerance-offer.published",
            "Une offre de gérance est ouverte aux candidats.",
            "A gérance offer is open to candidates.",
            OpenOffers,
            message => message.OfferId,
            message => message.PublishedAt),
        new WebhookEventType<GeranceOfferChanged>(
            "recruitment.gerance-offer.changed",
            "Une offre de gérance ouverte dit autre chose : relisez-la.",
            "An open gérance offer says something else: read it again.",
            OpenOffers,
            message => message.OfferId,
            message => message.ChangedAt),
        new WebhookEventType<GeranceOfferUnpublished>(
            "recruitment.gerance-offer.unpublished",
            "Une offre de gérance est retirée.",
            "A gérance offer is taken back.",
            OpenOffers,
            message => message.OfferId,
            message => message.UnpublishedAt),
        new WebhookEventType<GeranceOfferFilled>(
            "recruitment.gerance-offer.filled",
            "Une offre de gérance est pourvue.",
            "A gérance offer is filled.",
            OpenOffers,
            message => message.OfferId,
            message => message.FilledAt),
        new WebhookEventType<GeranceOfferExpired>(
            "recruitment.gerance-offer.expired",
            "Le dernier jour d'une offre de gérance est passé.",
            "The last day of a gérance offer is over.",
            OpenOffers,
            message => message.OfferId,
            message => message.ExpiredAt),
        new WebhookEventType<GerantInPost>(
            "recruitment.gerant.in-post",
            "Un gérant prend son poste dans un café.",
            "A gérant takes their post in a café.",
            "/v1/recruitment/gerant-candidatures",
            message => message.CandidatureId,
            message => message.InPostAt),
        new WebhookEventType<GerantSelectionEnded>(
            "recruitment.gerant.selection-ended",
            "Un candidat n'est plus retenu pour une offre de gérance : désistement, refus, effacement, ou erreur.",
            "A candidate is no longer retained for a gérance offer: withdrawn, declined, erased, or a mistake.",
            "/v1/recruitment/gerant-candidatures",
            message => message.CandidatureId,
            message => message.EndedAt),
        new WebhookEventType<GerantPostCorrected>(
            "recruitment.gerant.post-corrected",
            "Un gérant dit en poste ne l'est pas, ou pas encore.",
            "A gérant said to be in post is not, or not yet.",
            "/v1/recruitment/gerant-candidatures",
            message => message.CandidatureId,
            message => message.CorrectedAt),
        new WebhookEventType<CandidateErased>(
            "recruitment.candidate.erased",
            "Tout ce qui dit qui est un candidat a été effacé ; effacez-le aussi.",
            "All that says who a candidate is has been erased; erase it too.",
            "/v1/recruitment/gerant-candidatures",
            message => message.CandidatureId,
            message => message.ErasedAt)
        {
            Part = message => message.InseeCode,
        },
        new WebhookEventType<CafeProjectOpened>(
            "accompaniment.project.opened",
            "Un projet de café s'ouvre, en phase de définition.",
            "A café project opens, in its definition phase.",
            "/v1/accompaniment/projects",
            message => message.ProjectId,
            message => message.OpenedAt),
        new WebhookEventType<WebhookSubscriptionDisabled>(
            "webhooks.subscription.disabled",
            "Un de vos abonnements est suspendu : son adresse a répondu 410, ou n'a rien accepté pendant cinq jours.",
            "One of your subscriptions is disabled: its address answered 410, or took nothing for five days.",
            Subscriptions,
            message => message.SubscriptionId,
            message => message.DisabledAt),
        new WebhookEventType<WebhookPing>(
            Ping,
            "L'essai d'un abonnement, à sa demande.",
            "The test of a subscription, when asked for.",
            Subscriptions,
            message => message.SubscriptionId,
            message => message.SentAt),
        new WebhookEventType<AccessKeyExpiring>(
            "access.key.expiring",
            "Une clé de l'abonné prend fin dans 30 ou 7 jours.",
            "A key of the subscriber ends in 30 or 7 days.",
            "/v1/access/keys",
            message => message.KeyId,
            message => message.NoticedAt)
        {
            Link = "/v1/access/me",
        },
    ];

    /// <summary>The types whose events every partner hears of.</summary>
    public static readonly ImmutableArray<string> Public = [.. Types.Where(type => type.IsPublic).Select(type => type.Name)];

    /// <summary>The type of event that <typeparamref name="T"/> becomes.</summary>
    public static WebhookEventType<T> For<T>()
        where T : notnull => Types.OfType<WebhookEventType<T>>().Single();

    /// <summary>Whether a subscription to <paramref name="pattern"/> can ever receive something.</summary>
    public static bool Knows(string pattern) => Types.Any(type => Matches(pattern, type.Name));

    /// <summary>« * » matches all; « recruitment.* » what starts with « recruitment. »; anything else itself alone.</summary>
    public static bool Matches(string pattern, string type) => pattern switch
    {
        "*" => true,
        [.., '.', '*'] => pattern.Length > 2 && type.StartsWith(pattern[..^1], StringComparison.Ordinal),
        _ => pattern == type,
    };
}
