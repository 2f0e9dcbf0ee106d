using Microsoft.AspNetCore.Http;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Host.Webhooks.Subscriptions;

namespace MilleCafes.Host.Tests.Webhooks;

/// <summary>A subscription, an event and an endpoint that never answers.</summary>
internal static class Samples
{
    public const string Accepted = "recruitment.commune-candidature.accepted";
    public const string Opened = "accompaniment.project.opened";
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>As the host of the tests closes its secrets.</summary>
    public static readonly SecretSeal Seal = new(new byte[SecretSeal.KeyBytes]);

    public static readonly DateTimeOffset Now = new(2023, 4, 3, 9, 0, 0, TimeSpan.Zero);

    public static WebhookSubscription Subscription(string url = "https://partenaire.example/", string owner = "key")
    {
        var id = Guid.CreateVersion7(Now);
        return new()
        {
            Id = id, Owner = owner, Url = url, EventTypes = ["*"], Keys = [KeyOf(id, Secret)], CreatedAt = Now, StatusSince = Now,
        };
    }

    public static SigningKey KeyOf(Guid subscription, string secret, SignatureScheme scheme = SignatureScheme.V1) =>
        SigningKey.Of(scheme, Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal)), Seal, subscription);

    public static WebhookEvent Event() => new()
    {
        Id = Guid.CreateVersion7(Now),
        Type = Opened,
        OccurredAt = Now,
        RecordedAt = Now,
        Body = new("""{"type":"accompaniment.project.opened","timestamp":"2023-04-03T09:00:00Z","data":{"communeName":"Sénergues"}}""", null, "{}"),
        Place = new("12", "12268", null, null),
    };

    public static WebhookDelivery Delivery(WebhookSubscription? subscription = null) => WebhookDelivery.Of(Event(), subscription ?? Subscription(), DeliveryCause.Event, Now);

    /// <summary>Ends when the caller hangs up.</summary>
    public static async Task HangAsync(HttpContext http)
    {
        var hungUp = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    }
}
