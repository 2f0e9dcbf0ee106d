using System.Collections.Immutable;
using MilleCafes.Recruitment.Contracts;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>What becomes of the candidature of a commune, and what it is to answer.</summary>
internal static class CommuneCandidatureEvents
{
    private const string Candidatures = "/v1/recruitment/commune-candidatures";

    public static readonly ImmutableArray<WebhookEventType> Types =
    [
        new WebhookEventType<CommuneCandidatureAccepted>(
            "recruitment.commune-candidature.accepted",
            "Le réseau retient la candidature d'une commune.",
            "The network accepts the candidature of a commune.",
            Candidatures,
            message => message.CandidatureId,
            message => message.AcceptedAt),
        new WebhookEventType<CommuneCorrectionsRequested>(
            "recruitment.commune-candidature.corrections-requested",
            "La mairie est priée de corriger ou de compléter son dossier avant un jour donné.",
            "The mairie is asked to correct or complete its file by a day.",
            Candidatures,
            message => message.CandidatureId,
            message => message.RequestedAt),
        new WebhookEventType<CommuneCandidatureDeclined>(
            "recruitment.commune-candidature.declined",
            "Le réseau ne retient pas la candidature d'une commune.",
            "The network declines the candidature of a commune.",
            Candidatures,
            message => message.CandidatureId,
            message => message.DeclinedAt),
        new WebhookEventType<CommuneCandidatureReopened>(
            "recruitment.commune-candidature.reopened",
            "La candidature d'une commune, refusée ou retirée, est de nouveau étudiée.",
            "The candidature of a commune, declined or withdrawn before, is studied again.",
            Candidatures,
            message => message.CandidatureId,
            message => message.ReopenedAt),
    ];
}
