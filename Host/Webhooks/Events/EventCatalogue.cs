using System.Collections.Immutable;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Recruitment.Contracts;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>A type of event that can be subscribed to, and the message it comes from.</summary>
internal abstract record WebhookEventType(string Name, Type Message, string French, string English, string Collection)
{
    /// <summary>The members, as the JSON calls them, that say something of a person: only who may read such things gets them.</summary>
    public ImmutableArray<string> Personal { get; init; } = [];

    /// <summary>Where whoever is told can read the rest, when that is not at the thing itself.</summary>
    public string? Link { get; init; }
}

/// <param name="Collection">Where the API shows the thing that the message is about.</param>
/// <param name="Subject">That thing: with the type and the instant it names the event.</param>
internal sealed record WebhookEventType<T>(string Name, string French, string English, string Collection, Func<T, Guid> Subject, Func<T, DateTimeOffset> OccurredAt)
    : WebhookEventType(Name, typeof(T), French, English, Collection)
    where T : notnull
{
    public string LinkTo(T message) => Link ?? $"{Collection}/{Subject(message)}";
}

/// <summary>Every event that leaves the house; what is not here is told to nobody.</summary>
internal static class EventCatalogue
{
    public const string Ping = "webhooks.ping";

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
            "/v1/recruitment/open-offers",
            message => message.OfferId,
            message => message.PublishedAt),
        new WebhookEventType<GeranceOfferUnpublished>(
            "recruitment.gerance-offer.unpublished",
            "Une offre de gérance est retirée.",
            "A gérance offer is taken back.",
            "/v1/recruitment/open-offers",
            message => message.OfferId,
            message => message.UnpublishedAt),
        new WebhookEventType<GeranceOfferFilled>(
            "recruitment.gerance-offer.filled",
            "Une offre de gérance est pourvue.",
            "A gérance offer is filled.",
            "/v1/recruitment/open-offers",
            message => message.OfferId,
            message => message.FilledAt),
        new WebhookEventType<GeranceOfferExpired>(
            "recruitment.gerance-offer.expired",
            "Le dernier jour d'une offre de gérance est passé.",
            "The last day of a gérance offer is over.",
            "/v1/recruitment/open-offers",
            message => message.OfferId,
            message => message.ExpiredAt),
        new WebhookEventType<GerantInPost>(
            "recruitment.gerant.in-post",
            "Un gérant prend son poste dans un café.",
            "A gérant takes their post in a café.",
            "/v1/recruitment/gerant-candidatures",
            message => message.CandidatureId,
            message => message.InPostAt),
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
