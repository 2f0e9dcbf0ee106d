using MilleCafes.Host.Webhooks.Subscriptions;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>Counts the attempts of this process, so that neither an endpoint that hangs nor one key with many of them occupies every worker.</summary>
internal sealed class AttemptsUnderWay
{
    public const int PerEndpoint = 4;
    public const int PerOwner = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Kind, string Name), int> counts = [];

    /// <summary>Whether one more may be made; <see cref="Leave"/> must follow it.</summary>
    public bool TryEnter(WebhookSubscription subscription)
    {
        var (endpoint, owner) = KeysOf(subscription);
        lock (gate)
        {
            if (counts.GetValueOrDefault(endpoint) >= PerEndpoint || counts.GetValueOrDefault(owner) >= PerOwner)
            {
                return false;
            }

            Add(endpoint, 1);
            Add(owner, 1);
            return true;
        }
    }

    public void Leave(WebhookSubscription subscription)
    {
        var (endpoint, owner) = KeysOf(subscription);
        lock (gate)
        {
            Add(endpoint, -1);
            Add(owner, -1);
        }
    }

    private static ((string, string) Endpoint, (string, string) Owner) KeysOf(WebhookSubscription subscription) =>
        (("endpoint", new Uri(subscription.Url).Authority), ("owner", subscription.Owner));

    private void Add((string, string) key, int change)
    {
        var count = counts.GetValueOrDefault(key) + change;
        if (count == 0)
        {
            counts.Remove(key);
        }
        else
        {
            counts[key] = count;
        }
    }
}
