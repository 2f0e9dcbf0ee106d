using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MilleCafes.Host.Access.Audit;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>What the holder of an answer could read when it was given.</summary>
internal sealed record StoredRights(HolderKind Kind, string? InseeCode, ImmutableArray<Guid> Cafes, ImmutableArray<string> Programmes, ImmutableArray<string> Scopes)
{
    public static StoredRights Of(Holder holder) => new(holder.Kind, holder.InseeCode, holder.Cafes, holder.Programmes, [.. holder.Scopes]);

    /// <summary>Whether somebody may read at least as much.</summary>
    public bool AreWithin(Holder holder) => Kind == holder.Kind && InseeCode == holder.InseeCode
        && Cafes.All(holder.Cafes.Contains) && Programmes.All(holder.Programmes.Contains) && Scopes.All(holder.Scopes.Contains);
}

/// <summary>The first answer to a request, kept for those that repeat it and may still read it.</summary>
/// <param name="Persons">Those that it shows.</param>
internal sealed record StoredAnswer(
    int Status, string? ContentType, string? Location, string? ETag, string Language, byte[] Body, StoredRights Rights, ImmutableArray<ShownPersons> Persons)
{
    public static StoredAnswer Of(HttpContext http, byte[] body) => new(
        http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.Location, http.Response.Headers.ETag, Shared.Language.Choose("fr", "en"), body,
        StoredRights.Of(http.Features.Get<Holder>() ?? Holder.Public), http.Features.Get<PersonsShown>()?.All ?? []);

    /// <summary>The things that the answer is about: when what is known of their persons is erased, so is the answer.</summary>
    public Guid[] Subjects(HttpContext http) =>
    [
        .. Persons.SelectMany(one => one.Subjects)
            .Concat($"{http.Request.Path}/{Location}".Split('/', '?').Select(part => Guid.TryParse(part, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty))
            .Distinct(),
    ];

    /// <summary>Answers with it once more, and says so.</summary>
    public async Task ReplayAsync(HttpContext http)
    {
        foreach (var persons in Persons)
        {
            PersonsShown.Of(http).Note(persons);
        }

        var response = http.Response;
        (response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag, response.Headers.ContentLanguage) = (Status, ContentType, Location, ETag, Language);
        response.Headers["Idempotent-Replayed"] = "true";
        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, http.RequestAborted);
        }
    }
}

/// <summary>An <c>Idempotency-Key</c> of one holder, as the database knows it: hashed, and its answer closed with the key of the hosts.</summary>
/// <remarks>Answers hold persons and secrets that are shown once; a copy of the database does not tell them.</remarks>
internal sealed class IdempotencyKey(string holder, string key)
{
    /// <summary>Its identity in the database.</summary>
    public byte[] Id { get; } = SHA256.HashData(Encoding.UTF8.GetBytes($"key\0{holder}\0{key}"));

    public byte[] Close(StoredAnswer answer, SecretSeal seal) => seal.Close(JsonSerializer.SerializeToUtf8Bytes(answer), Id);

    /// <summary>The answer; null when another key closed it, or a former release in its own way.</summary>
    public StoredAnswer? Open(byte[] closed, SecretSeal seal) => seal.Open(closed, Id) is { } plain ? JsonSerializer.Deserialize<StoredAnswer>(plain) : null;
}
