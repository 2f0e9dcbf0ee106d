using System.Linq.Expressions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>Something that happened, as subscribers are told of it.</summary>
[Unaudited("It retells an act that has its entry.")]
internal sealed record WebhookEvent : Document, IVisible<WebhookEvent>
{
    public required string Type { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When webhooks heard of it: later than it happened, sometimes much.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public required WebhookBody Body { get; init; }

    public required EventPlace Place { get; init; }

    /// <summary>The only one that is told; null when it is for all.</summary>
    public string? Owner { get; init; }

    /// <summary>Its place in the feed, once it has one; 0 when it has none to get.</summary>
    public long? Position { get; init; }

    /// <summary>The header <c>webhook-id</c>: one per event, so that overlapping subscriptions and later re-reading can be told from news.</summary>
    public static string WebhookIdOf(Guid eventId) => $"msg_{eventId:N}";

    /// <summary>As over REST: a mairie hears of its commune, a gérant of their cafés, of whom these receive and of what they sent, a partner of its cafés and programmes, of what it sent and of what is public, anybody of what is for them alone.</summary>
    public static Expression<Func<WebhookEvent, bool>>? VisibleTo(Holder holder)
    {
        var (own, codes, cafes, programmes) = (holder.ClientId.ToString(), holder.InseeCodes.ToArray(), holder.Cafes.ToArray(), holder.Programmes.ToArray());
        var (client, open) = (holder.ClientId, EventCatalogue.Public.ToArray());
        return holder.Kind switch
        {
            HolderKind.Staff => news => news.Owner == null || news.Owner == own,
            HolderKind.Mairie => news => news.Owner == own || (news.Owner == null && news.Place.InseeCode != null && codes.Contains(news.Place.InseeCode)),
            HolderKind.Gerant => news => news.Owner == own || (news.Owner == null
                && ((news.Place.CafeId != null && cafes.Contains(news.Place.CafeId.Value)) || news.Place.HostClientId == client || news.Place.SourceClientId == client)),
            HolderKind.Partner => news => news.Owner == own || (news.Owner == null
                && ((news.Place.CafeId != null && cafes.Contains(news.Place.CafeId.Value)) || (news.Place.Programme != null && programmes.Contains(news.Place.Programme))
                || news.Place.SourceClientId == client || open.Contains(news.Type))),
            _ => Visibility.None<WebhookEvent>(),
        };
    }

    /// <summary>The same, of one event at hand.</summary>
    public bool IsFor(Holder holder) => Owner is not null ? Owner == holder.ClientId.ToString() : holder.Kind switch
    {
        HolderKind.Staff => true,
        HolderKind.Mairie => Place.InseeCode is { } commune && holder.InseeCodes.Contains(commune),
        HolderKind.Gerant => (Place.CafeId is { } cafe && holder.Cafes.Contains(cafe)) || Place.HostClientId == holder.ClientId || Place.SourceClientId == holder.ClientId,
        HolderKind.Partner => (Place.CafeId is { } cafe && holder.Cafes.Contains(cafe)) || (Place.Programme is { } programme && holder.Programmes.Contains(programme))
            || Place.SourceClientId == holder.ClientId || EventCatalogue.Public.Contains(Type),
        _ => false,
    };

    public static WebhookEvent Of<T>(WebhookEventType<T> type, T message, DateTimeOffset now)
        where T : notnull
    {
        var (body, data) = WebhookBody.Of(type, message);
        return new()
        {
            Id = IdFor(type, message),
            Type = type.Name,
            OccurredAt = type.OccurredAt(message),
            RecordedAt = now,
            Body = body,
            Place = EventPlace.Of(data),
        };
    }

    /// <summary>The same however often the message comes.</summary>
    public static Guid IdFor<T>(WebhookEventType<T> type, T message)
        where T : notnull => DerivedId.From(type.Subject(message), type.Part(message) is { } part ? $"{type.Name} {part}" : type.Name, type.OccurredAt(message));
}
