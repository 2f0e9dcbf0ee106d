using System.Text.Json.Nodes;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>What an event says of where it happened, as far as it does; read from its members, so that no new event can forget it.</summary>
internal sealed record EventPlace(string? Departement, string? InseeCode, Guid? CafeId, string? Programme)
{
    /// <summary>The client that what it is about came from, which hears of it too.</summary>
    public Guid? SourceClientId { get; init; }

    /// <summary>The client of the café that receives somebody, which hears of it.</summary>
    public Guid? HostClientId { get; init; }

    // A café has the id of the project it came from
    public static EventPlace Of(JsonObject data) => new(
        Text(data["departement"]),
        Text(data["inseeCode"]),
        Guid.TryParse(Text(data["cafeId"] ?? data["projectId"]), out var cafe) ? cafe : null,
        Text(data["programmeId"] ?? data["programme"]))
    {
        SourceClientId = Id(data["sourceClientId"]),
        HostClientId = Id(data["hostClientId"]),
    };

    private static Guid? Id(JsonNode? member) => Guid.TryParse(Text(member), out var id) ? id : null;

    private static string? Text(JsonNode? member) => member is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
