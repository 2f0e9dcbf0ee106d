using System.Collections.Immutable;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Recruitment.Contracts;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>A type of event that can be subscribed to, and the message it comes from.</summary>
internal abstract record WebhookEventType(string Name, Type Message, string French, string English);

/// <param name="Subject">The thing that the message is about: with the type and the instant it names the event.</param>
internal sealed record WebhookEventType<T>(string Name, string French, string English, Func<T, Guid> Subject, Func<T, DateTimeOffset> OccurredAt)
    : WebhookEventType(Name, typeof(T), French, English)
    where T : notnull;

/// <summary>Every event that leaves the house; what is not here is told to nobody.</summary>
internal static class EventCatalogue
{
    public static readonly ImmutableArray<WebhookEventType> Types =
    [
        new WebhookEventType<CommuneCandidatureAccepted>(
            "recruitment.commune-candidature.accepted",
            "Le réseau retient la candidature d'une commune.",
            "The network accepts the candidature of a commune.",
            message => message.CandidatureId,
            message => message.AcceptedAt),
        new WebhookEventType<CafeProjectOpened>(
            "accompaniment.project.opened",
            "Un projet de café s'ouvre, en phase de définition.",
            "A café project opens, in its definition phase.",
            message => message.ProjectId,
            message => message.OpenedAt),
        new WebhookEventType<AccessKeyExpiring>(
            "access.key.expiring",
            "Une clé de l'abonné prend fin dans 30 ou 7 jours.",
            "A key of the subscriber ends in 30 or 7 days.",
            message => message.KeyId,
            message => message.NoticedAt),
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
