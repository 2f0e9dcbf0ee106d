using System.Text.Json;
using System.Text.Json.Nodes;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Audit;

internal sealed record AuditChangeView(
    [property: Described("Pointeur JSON (RFC 6901) vers le membre", "JSON pointer (RFC 6901) to the member", Example = "\"/status\"")] string Pointer,
    [property: Described("Valeur d'avant ; absente des données personnelles qu'on ne peut lire", "Value before; left out of personal data that may not be read", Example = "\"submitted\"")] JsonElement? From,
    [property: Described("Valeur d'après", "Value after", Example = "\"accepted\"")] JsonElement? To,
    [property: Described("Vrai s'il s'agit d'une personne", "Whether it says something of a person", Example = "false")] bool Personal);

/// <summary>An entry of the audit as the API shows it.</summary>
internal sealed record AuditEntryView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Quand", "When")] DateTimeOffset At,
    [property: Described("Le client qui a agi, ou dont la requête a mené là ; aucun quand le système agit de lui-même", "The client that acted, or whose request led to it; none when the system acts by itself", Example = "\"01878b9e-0f20-7d11-8e63-91893362b02d\"")] Guid? ClientId,
    [property: Described("Sa clé", "Its key", Example = "\"01878b9e-0f20-7d11-8e63-2078472f90d7\"")] Guid? KeyId,
    [property: Described("L'opération, par son nom dans ce document, ou le message qui en découle", "The operation, by its name in this document, or the message that came of it", Example = "\"AcceptCommuneCandidature\"")] string Operation,
    [property: Described("Identifiant de trace de la requête, le même pour tout ce qui en découle", "Trace id of the request, the same for all that comes of it", Example = "\"4bf92f3577b34da6a3ce929d0e0e4736\"")] string TraceId,
    [property: Described("Ce qui a été fait", "What was done", Example = "\"changed\"")] AuditAct Act,
    [property: Described("Sorte de l'objet", "Type of the object", Example = "\"CommuneCandidature\"")] string SubjectType,
    [property: Described("Les objets", "The objects", Example = "[\"01878b9e-0f20-7d11-8e63-ed3657629f16\"]")] IReadOnlyList<Guid> Subjects,
    [property: Described("De quoi à quoi", "From what to what")] IReadOnlyList<AuditChangeView> Changes,
    [property: Described("Quand ce qu'elle disait de personnes a été effacé", "When what it said of persons was erased")] DateTimeOffset? ErasedAt)
{
    /// <param name="persons">Where it is noted whose data is shown; null when it may not be.</param>
    public static AuditEntryView Of(AuditEntry entry, PersonsShown? persons)
    {
        if (entry.Changes.Any(change => change is { Personal: true } and not { From: null, To: null }))
        {
            persons?.Note(new(entry.SubjectType, entry.Subjects));
        }

        return new(
            entry.Id, entry.At, entry.ClientId, entry.KeyId, entry.Operation, entry.TraceId, entry.Act, entry.SubjectType, entry.Subjects,
            [.. entry.Changes.Select(change => change.Personal && persons is null
                ? new AuditChangeView(change.Pointer, null, null, true)
                : new AuditChangeView(change.Pointer, Value(change.From), Value(change.To), change.Personal))],
            entry.ErasedAt);
    }

    private static JsonElement? Value(JsonNode? value) => value is null ? null : JsonSerializer.SerializeToElement(value);
}
