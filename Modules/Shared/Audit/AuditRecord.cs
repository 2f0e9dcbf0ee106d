using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MilleCafes.Shared;

/// <summary>What was done to a document, or with it.</summary>
public enum AuditAct
{
    Created,
    Changed,

    /// <summary>Somebody read what it says of persons.</summary>
    PersonalDataRead,
}

/// <summary>One member that changed.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the document.</param>
/// <param name="Personal">Whether it says something of a person, and is erased with them.</param>
public sealed record AuditChange(
    string Pointer, JsonNode? From, JsonNode? To,
    // Most say nothing of anybody: so that an entry stays below the size that PostgreSQL compresses
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Personal);

/// <summary>Who did what, when, from which state to which; written in the transaction of the act itself and never changed, except by an erasure.</summary>
/// <param name="ClientId">The client whose request it was, or led to it; null when the system acted by itself.</param>
/// <param name="Operation">The operation's name in the API's document, or what set it going: see <see cref="Origin"/>.</param>
/// <param name="SubjectType">The type of the documents, as the code calls it.</param>
public sealed record AuditRecord(
    Guid Id,
    DateTimeOffset At,
    Guid? ClientId,
    Guid? KeyId,
    string Operation,
    string TraceId,
    AuditAct Act,
    string SubjectType,
    ImmutableArray<Guid> Subjects,
    ImmutableArray<AuditChange> Changes)
{
    /// <summary>As every document's JSON has it, so that « what changed since » finds the entry.</summary>
    public DateTimeOffset UpdatedAt => At;

    /// <summary>An entry that no erasure has changed.</summary>
    public long Revision { get; init; } = 1;
}
