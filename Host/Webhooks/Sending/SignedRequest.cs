using System.Net.Http.Headers;
using System.Text;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>An event as a request with the headers of Standard Webhooks.</summary>
internal static class SignedRequest
{
    /// <summary>The request, signed with every key that signs now; null when the current secret cannot be read.</summary>
    public static HttpRequestMessage? Make(WebhookSubscription subscription, WebhookEvent news, SecretSeal seal, DateTimeOffset at)
    {
        var (body, id, timestamp) = (Encoding.UTF8.GetBytes(news.Body.For(subscription.Format, subscription.PersonalData)), WebhookEvent.WebhookIdOf(news.Id), at.ToUnixTimeSeconds());
        var secrets = subscription.Keys.Where(key => key.SignsAt(at)).Select(key => (key.Scheme, Secret: seal.Open(key.Secret, subscription.Id))).ToList();
        if (secrets is not [{ Secret: not null }, ..])
        {
            return null;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Where(key => key.Secret is not null).Select(key => WebhookSignature.Sign(key.Scheme, key.Secret!, id, timestamp, body))));
        return request;
    }
}
