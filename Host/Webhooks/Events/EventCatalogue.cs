using System.Collections.Immutable;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Host.Access.Keys;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>Every event that leaves the house; what is not here is told to nobody.</summary>
internal static class EventCatalogue
{
    public const string Ping = "webhooks.ping";

    /// <summary>What anybody can read without a key.</summary>
    public const string OpenOffers = "/v1/recruitment/open-offers";

    private const string Subscriptions = "/v1/webhooks/subscriptions";

    public static readonly ImmutableArray<WebhookEventType> Types =
    [
        .. CommuneCandidatureEvents.Types,
        .. RecruitmentEvents.Types,
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
