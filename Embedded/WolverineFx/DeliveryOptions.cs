namespace Wolverine;

/// <summary>What a publisher may say about one delivery.</summary>
public class DeliveryOptions
{
    public string? CorrelationId { get; set; }

    /// <summary>A message not handled by then is discarded.</summary>
    public DateTimeOffset? DeliverBy { get; set; }

    public TimeSpan? ScheduleDelay { get; set; }

    public DateTimeOffset? ScheduledTime { get; set; }
}
