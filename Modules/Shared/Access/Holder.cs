using System.Collections.Immutable;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Shared;

/// <summary>The kinds of those who use the API.</summary>
public enum HolderKind
{
    /// <summary>Anybody, without a key.</summary>
    Public,

    /// <summary>The team of the network.</summary>
    Staff,

    /// <summary>A partner's program: job board, insurer, foundation.</summary>
    Partner,

    /// <summary>A town hall.</summary>
    Mairie,

    /// <summary>Those who run a café.</summary>
    Gerant,
}

/// <summary>Who asks: the client behind a key, and what of the network is its own.</summary>
/// <param name="ClientId">The client; its keys and tokens come and go.</param>
/// <param name="KeyId">The key that was shown, or that the token came from.</param>
public sealed record Holder(HolderKind Kind, Guid ClientId, Guid KeyId, ImmutableHashSet<string> Scopes)
{
    public const string PersonalDataRead = "personal-data:read";

    /// <summary>Whoever shows no key.</summary>
    public static readonly Holder Public = new(HolderKind.Public, Guid.Empty, Guid.Empty, []);

    /// <summary>The commune of a mairie.</summary>
    public string? InseeCode
    {
        get;
        init => (field, InseeCodes) = (value, [.. CommuneRegistry.Official.CodesOf(value)]);
    }

    /// <summary>Every code under which something may stand that is that mairie's: communes merge.</summary>
    public ImmutableArray<string> InseeCodes { get; private init; } = [];

    /// <summary>The cafés of a gérant, or of a partner.</summary>
    public ImmutableArray<Guid> Cafes { get; init; } = [];

    /// <summary>The programmes that a partner takes part in.</summary>
    public ImmutableArray<string> Programmes { get; init; } = [];

    /// <summary>The départements that a référent may write in; null when there is no such limit.</summary>
    public ImmutableArray<string>? WritesIn { get; init; }

    /// <summary>The one thing that the link in a person's mail opens to whoever follows it.</summary>
    public Guid? Opened { get; init; }

    public bool IsStaff => Kind == HolderKind.Staff;

    /// <summary>A mairie, a gérant and whoever follows their own link see what is theirs, so the people in it too; others need the scope.</summary>
    public bool MayReadPersonalData => Kind is HolderKind.Mairie or HolderKind.Gerant || Opened is not null || Scopes.Contains(PersonalDataRead);
}
