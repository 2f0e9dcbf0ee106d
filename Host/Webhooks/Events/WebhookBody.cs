using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Webhooks.Subscriptions;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>An event in the very bytes that subscribers receive and check: frozen, so that an attempt made tomorrow sends what today's does.</summary>
/// <param name="Full">All that the event says, but for persons.</param>
/// <param name="Personal">All that it says; null when it says nothing of persons.</param>
/// <param name="Thin">Ids, and the address to read the rest at.</param>
internal sealed record WebhookBody(string Full, string? Personal, string Thin)
{
    public const int MaximumBytes = 20_000;

    private static readonly JsonSerializerOptions Json = PlatformJson();

    public string For(WebhookFormat format, bool personalData) => format == WebhookFormat.Thin ? Thin : personalData ? Personal ?? Full : Full;

    /// <summary>Whether thin events have this member too.</summary>
    public static bool IsId(string member) => member == "id" || member.EndsWith("Id", StringComparison.Ordinal);

    public static (WebhookBody Body, JsonObject Data) Of<T>(WebhookEventType<T> type, T message)
        where T : notnull
    {
        var data = JsonSerializer.SerializeToNode(message, Json)!.AsObject();
        var ids = data.Where(member => IsId(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()));
        var thin = Write([.. ids, KeyValuePair.Create<string, JsonNode?>("link", type.LinkTo(message))]);
        var personal = type.Personal.IsEmpty ? null : Write(data);
        var open = Write(data.Where(member => !type.Personal.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return (new(Bounded(open), personal is null ? null : Bounded(personal), thin), data);

        string Write(IEnumerable<KeyValuePair<string, JsonNode?>> members) => JsonSerializer.Serialize(
            new { type = type.Name, timestamp = type.OccurredAt(message), data = members as JsonObject ?? new JsonObject(members) }, Json);

        // What is too long to be sent whole is still told, and can be read
        string Bounded(string body) => Encoding.UTF8.GetByteCount(body) <= MaximumBytes ? body : thin;
    }

    private static JsonSerializerOptions PlatformJson()
    {
        var options = new JsonSerializerOptions();
        JsonFormat.Configure(options);
        return options;
    }
}
