using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

internal sealed record ExpiryNoticeView(
    [property: Described("Jours avant la fin", "Days before the end", Example = "30")] int DaysBefore,
    [property: Described("Instant de l'avis", "When it was given", Example = "\"2098-12-02T00:00:00Z\"")] DateTimeOffset At);

/// <summary>A key as the API shows it: never the key itself.</summary>
internal sealed record KeyView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("Le client", "The client")] Guid ClientId,
    [property: Described("Début de la clé, pour la reconnaître", "Start of the key, to recognise it by", Example = "\"mck_a1b2c3\"")] string Prefix,
    [property: Described("À quoi sert la clé", "What the key is for", Example = "\"Site de la fondation\"")] string? Description,
    [property: Described("Portées", "Scopes", Example = "[\"recruitment:read\"]")] IReadOnlyList<string> Scopes,
    [property: Described("Instant de création", "When it was made")] DateTimeOffset CreatedAt,
    [property: Described("Instant de sa fin", "When it ends", Example = "\"2099-01-01T00:00:00Z\"")] DateTimeOffset? ExpiresAt,
    [property: Described("Instant de sa révocation", "When it was revoked")] DateTimeOffset? RevokedAt,
    [property: Described("La clé qui la remplace", "The key that takes its place")] Guid? ReplacedBy,
    [property: Described("Dernier emploi, à la minute près", "Last use, to the minute")] DateTimeOffset? LastUsedAt,
    [property: Described("Avis de fin prochaine déjà donnés", "Notices of its end already given")] IReadOnlyList<ExpiryNoticeView> Notices)
{
    public static KeyView Of(ApiKey key, KeyUse? use = null) => new(
        key.Id, key.Revision, key.ClientId, key.Prefix, key.Description, key.Scopes, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.ReplacedBy, use?.LastUsedAt,
        [.. key.Notices.Select(notice => new ExpiryNoticeView(notice.DaysBefore, notice.At))]);
}

/// <summary>A new key with its secret, which is shown this once.</summary>
internal sealed record CreatedKeyView(
    [property: Described("La clé elle-même : elle n'est montrée qu'ici", "The key itself: it is shown here only", Example = "\"mck_…\"")] string Secret,
    [property: Described("Ce que la liste en dira", "What the list will say of it")] KeyView Key);
