namespace MilleCafes.Host.Webhooks.Events;

/// <summary>A subscriber tries whether its endpoint receives.</summary>
internal sealed record WebhookPing(Guid SubscriptionId, DateTimeOffset SentAt);

/// <summary>A subscription gets nothing more until its owner looks after it; only the owner is told.</summary>
/// <param name="Reason"><c>gone</c> or <c>failing</c>.</param>
public sealed record WebhookSubscriptionDisabled(Guid SubscriptionId, string Reason, DateTimeOffset DisabledAt);
