using System.Collections.Immutable;
using MilleCafes.Recruitment.Contracts;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>What leaves the house of Recruitment.</summary>
internal static class RecruitmentEvents
{
    private const string Immersions = "/v1/recruitment/immersions";

    public static readonly ImmutableArray<WebhookEventType> Types =
    [
        new WebhookEventType<ImmersionBooked>(
            "recruitment.immersion.booked",
            "Un café va accueillir un candidat quelques jours.",
            "A café is to receive a candidate for some days.",
            Immersions,
            message => message.ImmersionId,
            message => message.BookedAt),
        new WebhookEventType<ImmersionCancelled>(
            "recruitment.immersion.called-off",
            "Un café devait accueillir un candidat, qui ne vient pas.",
            "A café was to receive a candidate, who does not come.",
            Immersions,
            message => message.ImmersionId,
            message => message.CancelledAt),
        new WebhookEventType<ImmersionShortened>(
            "recruitment.immersion.cut-short",
            "Un candidat quitte le café avant le dernier jour prévu.",
            "A candidate leaves the café before the last day that was agreed.",
            Immersions,
            message => message.ImmersionId,
            message => message.ShortenedAt),
        new WebhookEventType<CandidatePresented>(
            "recruitment.candidate.presented",
            "Un candidat est présenté à la mairie, dont la réponse est attendue.",
            "A candidate is presented to the mairie, whose answer is awaited.",
            "/v1/recruitment/presentations",
            message => message.PresentationId,
            message => message.PresentedAt),
        new WebhookEventType<CandidatePresentationEnded>(
            "recruitment.candidate.presentation-ended",
            "Un candidat n'est plus présenté à la mairie : par une correction, une nouvelle présentation, un départ ou la fusion avec une autre candidature.",
            "A candidate is presented to the mairie no more: by a correction, a new presentation, a departure or a merger.",
            "/v1/recruitment/presentations",
            message => message.PresentationId,
            message => message.EndedAt),
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
        new WebhookEventType<CafeCandidatureDeclined>(
            "recruitment.cafe-candidature.declined",
            "Le réseau ne retient pas la candidature d'un café existant.",
            "The network declines the candidature of an existing café.",
            "/v1/recruitment/cafe-candidatures",
            message => message.CandidatureId,
            message => message.DeclinedAt),
        new WebhookEventType<GeranceOfferPublished>(
            "recruitment.gerance-offer.published",
            "Une offre de gérance est ouverte aux candidats.",
            "A gérance offer is open to candidates.",
            EventCatalogue.OpenOffers,
            message => message.OfferId,
            message => message.PublishedAt),
        new WebhookEventType<GeranceOfferChanged>(
            "recruitment.gerance-offer.changed",
            "Une offre de gérance ouverte dit autre chose : relisez-la.",
            "An open gérance offer says something else: read it again.",
            EventCatalogue.OpenOffers,
            message => message.OfferId,
            message => message.ChangedAt),
        new WebhookEventType<GeranceOfferUnpublished>(
            "recruitment.gerance-offer.unpublished",
            "Une offre de gérance est retirée.",
            "A gérance offer is taken back.",
            EventCatalogue.OpenOffers,
            message => message.OfferId,
            message => message.UnpublishedAt),
        new WebhookEventType<GeranceOfferFilled>(
            "recruitment.gerance-offer.filled",
            "Une offre de gérance est pourvue.",
            "A gérance offer is filled.",
            EventCatalogue.OpenOffers,
            message => message.OfferId,
            message => message.FilledAt),
        new WebhookEventType<GeranceOfferExpired>(
            "recruitment.gerance-offer.expired",
            "Le dernier jour d'une offre de gérance est passé.",
            "The last day of a gérance offer is over.",
            EventCatalogue.OpenOffers,
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
    ];
}
