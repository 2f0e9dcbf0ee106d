using System.Collections.Immutable;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>A type of event that can be subscribed to, and the message it comes from.</summary>
internal abstract record WebhookEventType(string Name, Type Message, string French, string English, string Collection)
{
    /// <summary>The members, as the JSON calls them, that say something of a person: only who may read such things gets them.</summary>
    public ImmutableArray<string> Personal { get; init; } = [];

    /// <summary>Whether anybody can read of it without a key: every partner hears of it, whatever it is about.</summary>
    public bool IsPublic => Collection == EventCatalogue.OpenOffers;

    /// <summary>Where whoever is told can read the rest, when that is not at the thing itself.</summary>
    public string? Link { get; init; }
}

/// <param name="Collection">Where the API shows the thing that the message is about.</param>
/// <param name="Subject">That thing: with the type and the instant it names the event.</param>
internal sealed record WebhookEventType<T>(string Name, string French, string English, string Collection, Func<T, Guid> Subject, Func<T, DateTimeOffset> OccurredAt)
    : WebhookEventType(Name, typeof(T), French, English, Collection)
    where T : notnull
{
    /// <summary>What else tells events apart that happen to the same subject at once.</summary>
    public Func<T, string?> Part { get; init; } = _ => null;

    public string LinkTo(T message) => Link ?? $"{Collection}/{Subject(message)}";
}
