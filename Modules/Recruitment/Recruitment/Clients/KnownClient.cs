using System.Linq.Expressions;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Clients;

/// <summary>A client of the API, as far as Recruitment has to know whom it asks for something.</summary>
[Unaudited("A copy of what the client's own entries tell.")]
internal sealed record KnownClient : Document, IVisible<KnownClient>
{
    public HolderKind Kind { get; init; }

    /// <summary>Whether its keys open anything.</summary>
    public bool Enabled { get; init; }

    /// <summary>The name of a partner; null of others, and while nothing told it.</summary>
    public string? Organisation { get; init; }

    /// <summary>The revision of the client that this tells of.</summary>
    public long ClientRevision { get; init; }

    public static Expression<Func<KnownClient, bool>>? VisibleTo(Holder holder) => holder.Kind == HolderKind.Public ? Visibility.None<KnownClient>() : null;

    /// <summary>How it stands after a message; null when it is of an earlier state, or the same one, and changes nothing.</summary>
    public KnownClient? After(ClientChanged message) => message.Revision > ClientRevision || (message.Revision == ClientRevision && Organisation is null && message.Organisation is not null)
        ? this with { Kind = message.Kind, Enabled = message.Enabled, Organisation = message.Organisation, ClientRevision = message.Revision }
        : null;

    /// <summary>Why it cannot be asked for what one of this kind is asked for; null when it can.</summary>
    public static Error? WhyNot(KnownClient? client, HolderKind kind) => client switch
    {
        null => KnownClientErrors.Unknown,
        { Enabled: false } => KnownClientErrors.Disabled,
        _ when client.Kind != kind => KnownClientErrors.OtherKind,
        _ => null,
    };
}
