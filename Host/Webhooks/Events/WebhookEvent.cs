using System.Linq.Expressions;
using System.Text.Json;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>Something that happened, in the very bytes that subscribers receive and sign-check.</summary>
internal sealed record WebhookEvent : Document, IVisible<WebhookEvent>
{
    private static readonly JsonSerializerOptions Json = PlatformJson();

    public required string Type { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The body, frozen: an attempt made tomorrow sends what today's does.</summary>
    public required string Body { get; init; }

    /// <summary>The header <c>webhook-id</c>: one per event, so that overlapping subscriptions and later re-reading can be told from news.</summary>
    public static string WebhookIdOf(Guid eventId) => $"msg_{eventId:N}";

    public static Expression<Func<WebhookEvent, bool>>? VisibleTo(Holder holder) => holder.IsStaff ? null : Visibility.None<WebhookEvent>();

    public static WebhookEvent Of<T>(WebhookEventType<T> type, T message)
        where T : notnull => new()
        {
            Id = IdFor(type, message),
            Type = type.Name,
            OccurredAt = type.OccurredAt(message),
            Body = JsonSerializer.Serialize(new { type = type.Name, timestamp = type.OccurredAt(message), data = message }, Json),
        };

    /// <summary>The same however often the message comes.</summary>
    public static Guid IdFor<T>(WebhookEventType<T> type, T message)
        where T : notnull => DerivedId.From(type.Subject(message), type.Name, type.OccurredAt(message));

    private static JsonSerializerOptions PlatformJson()
    {
        var options = new JsonSerializerOptions();
        JsonFormat.Configure(options);
        return options;
    }
}
