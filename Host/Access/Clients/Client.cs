using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Clients;

/// <summary>The kinds of client that can be given keys.</summary>
internal enum ClientKind
{
    Staff,
    Partner,
    Mairie,
    Gerant,
}

/// <summary>Somebody who uses the API, whatever key they come with.</summary>
internal sealed record Client : Document, IVisible<Client>
{
    /// <summary>One more whenever the other modules are told something else than before: the next start tells them of every client.</summary>
    public const int CurrentToldVersion = 2;

    public required string Name { get; init; }

    public required ClientKind Kind { get; init; }

    /// <summary>By which version the other modules were told of it; null when a start still has to tell them.</summary>
    [Unaudited("What they are told is how it stands; what was done to it has its entry.")]
    public int? ToldVersion { get; init; }

    /// <summary>What its keys can be allowed at most.</summary>
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>Every scope there was when a host last started; of the administrator only, so that a start adds what is new and nothing that was taken away.</summary>
    public ImmutableArray<string>? KnownScopes { get; init; }

    /// <summary>The key that a start last made; of the administrator only, so that of several starts at once one makes it.</summary>
    public Guid? StartKeyId { get; init; }

    /// <summary>Where the platform writes to when a key is about to expire or a subscription was disabled, once a mail server is set.</summary>
    [PersonalData]
    public string? Email { get; init; }

    /// <summary>The commune of a mairie.</summary>
    public string? InseeCode { get; init; }

    /// <summary>The cafés of a gérant, or of a partner.</summary>
    public ImmutableArray<Guid> Cafes { get; init; } = [];

    /// <summary>The programmes that a partner takes part in.</summary>
    public ImmutableArray<string> Programmes { get; init; } = [];

    /// <summary>The départements of a référent whose writes are limited to them.</summary>
    public ImmutableArray<string>? WritesIn { get; init; }

    /// <summary>The organisation that answers for the keys, by the digits of its number.</summary>
    public string? Siret { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static Expression<Func<Client, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId;
        return holder.IsStaff ? null : client => client.Id == own;
    }

    public Result<Client> Disable(DateTimeOffset now) => DisabledAt is null ? this with { DisabledAt = now } : ClientErrors.AlreadyDisabled;

    public Result<Client> Enable() => DisabledAt is null ? ClientErrors.NotDisabled : this with { DisabledAt = null };

    /// <summary>As one that can manage access again, whatever was done to it.</summary>
    /// <param name="key">The key that then opens it.</param>
    public Client Reopen(Guid key) => this with { StartKeyId = key, ToldVersion = null, Kind = ClientKind.Staff, DisabledAt = null, DeletedAt = null, Scopes = [.. Scopes.Union([Access.Scopes.AccessManage])] };

    /// <summary>What the other modules are told of it.</summary>
    public ClientChanged ToNews() => new(Id, HolderKind, DisabledAt is null && DeletedAt is null, Revision, Kind == ClientKind.Partner ? Name : null);

    /// <summary>Who asks, when a key or token of this client does.</summary>
    public Holder Holding(Guid keyId, IEnumerable<string> scopes) => new(
        HolderKind,
        Id,
        keyId,
        [.. scopes.Intersect(Scopes), Access.Scopes.SelfRead])
    {
        InseeCode = InseeCode,
        Cafes = Cafes,
        Programmes = Programmes,
        WritesIn = WritesIn,
    };

    private HolderKind HolderKind => Kind switch
    {
        ClientKind.Staff => HolderKind.Staff,
        ClientKind.Partner => HolderKind.Partner,
        ClientKind.Mairie => HolderKind.Mairie,
        _ => HolderKind.Gerant,
    };
}
