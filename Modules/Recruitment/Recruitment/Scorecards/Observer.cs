using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

/// <summary>Who observes, by what they are to the candidate; never by name.</summary>
internal enum ObserverRole
{
    Staff,
    Mairie,
    HostCafe,
    Gerant,
    Partner,
}

/// <summary>What one observer saw of one behaviour.</summary>
/// <param name="Level">From 1, seldom, to 4, always; null when there was nothing to see it by.</param>
internal sealed record Observation(Behaviour Behaviour, int? Level, [property: PersonalData] string? Note);

/// <summary>Why somebody else observes instead.</summary>
internal sealed record Replacement(Guid ObserverId, [property: PersonalData] string Reason, string Actor, DateTimeOffset At);

/// <summary>One who was asked to observe the candidate.</summary>
/// <param name="ClientId">The client whose key gives the observations.</param>
/// <param name="ReplacedBy">Once there is one, this observer counts no more.</param>
internal sealed record Observer(Guid Id, ObserverRole Role, Guid ClientId, DateTimeOffset InvitedAt, DateTimeOffset? GivenAt = null, Replacement? ReplacedBy = null)
{
    [Unaudited("The team reads the audit, and nobody may see what others observed before having given their own.")]
    [PersonalData]
    public ImmutableList<Observation> Observations { get; init; } = [];
}
