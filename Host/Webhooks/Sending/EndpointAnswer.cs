using MilleCafes.Host.Webhooks.Deliveries;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>What an endpoint answered, or why it did not.</summary>
/// <param name="Start">The first bytes, as text.</param>
internal sealed record EndpointAnswer(int? Status, DeliveryError? Error, string? Start, TimeSpan? RetryAfter)
{
    public EndpointSign Sign => (Status, Error) switch
    {
        (429 or 502 or 503 or 504, _) => EndpointSign.Overloaded,
        (not null, _) => EndpointSign.Answered,
        (_, DeliveryError.Timeout) => EndpointSign.Silent,
        (_, DeliveryError.SecretUnreadable) => EndpointSign.None,
        _ => EndpointSign.Overloaded,
    };

    public static EndpointAnswer None(DeliveryError error) => new(null, error, null, null);
}
