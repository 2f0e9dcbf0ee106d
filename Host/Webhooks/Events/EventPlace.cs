using System.Text.Json.Nodes;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>What an event says of where it happened, as far as it does; read from its members, so that no new event can forget it.</summary>
internal sealed record EventPlace(string? Departement, string? InseeCode, Guid? CafeId, string? Programme)
{
    /// <summary>The client that what it is about came from, which hears of it too.</summary>
    public Guid? SourceClientId { get; init; }

    // A café has the id of the project it came from
    public static EventPlace Of(JsonObject data) => new(
        Text(data["departement"]),
        Text(data["inseeCode"]),
        Guid.TryParse(Text(data["cafeId"] ?? data["projectId"]), out var cafe) ? cafe : null,
        Text(data["programmeId"] ?? data["programme"]))
    {
        SourceClientId = Guid.TryParse(Text(data["sourceClientId"]), out var client) ? client : null,
    };

    private static string? Text(JsonNode? member) => member is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
