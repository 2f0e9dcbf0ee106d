using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>What signs the deliveries of a subscription; the secret is closed.</summary>
/// <param name="PublicKey">What verifies, for schemes that have such a thing.</param>
/// <param name="Until">When it stops signing; null for the current one.</param>
internal sealed record SigningKey(SignatureScheme Scheme, [property: Unaudited("Whoever opens it signs in our name")] string Secret, string? PublicKey, DateTimeOffset? Until)
{
    public static SigningKey Of(SignatureScheme scheme, byte[] secret, SecretSeal seal, Guid subscription) =>
        new(scheme, seal.Close(secret, subscription), scheme == SignatureScheme.V1a ? WebhookSignature.PublicKeyText(secret) : null, null);

    public bool SignsAt(DateTimeOffset now) => Until is not { } until || now < until;
}
