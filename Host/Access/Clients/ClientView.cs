using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Clients;

/// <summary>A client as the API shows it.</summary>
internal sealed record ClientView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("Nom", "Name", Example = "\"Fondation partenaire\"")] string Name,
    [property: Described("Sorte de client, dont dépend ce qu'il voit", "Kind of client, which decides what it sees", Example = "\"partner\"")] ClientKind Kind,
    [property: Described("Portées que ses clés peuvent avoir", "Scopes that its keys can have", Example = "[\"recruitment:read\"]")] IReadOnlyList<string> Scopes,
    [property: Described("Adresse électronique pour les avis", "E-mail address for notices", Example = "\"contact@partenaire.example\"")][property: PersonalData] string? Email,
    [property: Described("Commune de la mairie", "The mairie's commune", Example = "null")] string? InseeCode,
    [property: Described("Cafés du gérant ou du partenaire", "Cafés of the gérant or of the partner", Example = "[]")] IReadOnlyList<Guid> Cafes,
    [property: Described("Programmes du partenaire", "The partner's programmes", Example = "[\"TrES\"]")] IReadOnlyList<string> Programmes,
    [property: Described("Départements où écrit ce référent, s'il est limité à son antenne", "Départements this référent writes in, when limited to their antenne", Example = "null")] IReadOnlyList<string>? WritesIn,
    [property: Described("SIRET de l'organisation qui répond des clés", "SIRET of the organisation that answers for the keys", Example = "\"35600000000048\"")] string? Siret,
    [property: Described("Instant de la suspension", "When it was disabled")] DateTimeOffset? DisabledAt,
    [property: Described("Instant de création", "When it was created")] DateTimeOffset CreatedAt)
{
    public static ClientView Of(Client client) => new(
        client.Id, client.Revision, client.Name, client.Kind, client.Scopes, client.Email, client.InseeCode, client.Cafes, client.Programmes, client.WritesIn, client.Siret, client.DisabledAt, client.CreatedAt);
}
