using System.Text.Json.Serialization;

namespace MilleCafes.Shared;

/// <summary>The state of one thing the network remembers; its decisions are pure methods that return the next state.</summary>
public abstract record Document
{
    /// <summary>A UUIDv7, so that lists by id are lists by age.</summary>
    public required Guid Id { get; init; }

    /// <summary>1 when created, one more at each change; a member of every representation.</summary>
    [JsonInclude]
    public long Revision { get; internal set; } = 1;

    /// <summary>When this state was stored; written with each state by the store itself.</summary>
    [JsonInclude]
    public DateTimeOffset UpdatedAt { get; internal set; }

    /// <summary>When the thing ended for good; lists then show no more than that it did.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
