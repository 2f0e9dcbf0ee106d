using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>Days that a café has given away.</summary>
internal sealed record Stay(Guid ImmersionId, DateOnly FirstDay, DateOnly LastDay)
{
    public bool Covers(DateOnly day) => FirstDay <= day && day <= LastDay;
}

/// <summary>What is said of a host café, as it stands now.</summary>
/// <param name="CapacityPerDay">How many candidates it takes at once.</param>
/// <param name="Languages">Of whoever receives them, by ISO 639-1 code.</param>
/// <param name="ClientId">Whose key gives the café's feedback; the team does without one.</param>
internal sealed record HostCafeFacts(string Name, Commune Commune, int CapacityPerDay, ImmutableList<string> Languages, Guid? ClientId);

/// <summary>A café of the network that receives candidates for some days; each booking writes here, so two that race cannot both have the last place.</summary>
internal sealed record HostCafe : Document, IVisible<HostCafe>
{
    // What is over stands with the immersions
    private const int DaysKept = 60;

    public required string Name { get; init; }

    public required string InseeCode { get; init; }

    public required string CommuneName { get; init; }

    public required string Departement { get; init; }

    public required int CapacityPerDay { get; init; }

    public required ImmutableList<string> Languages { get; init; }

    public Guid? ClientId { get; init; }

    public ImmutableList<Stay> Stays { get; init; } = [];

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBecause { get; init; }

    public bool IsOpen => ClosedAt is null;

    string? IVisible<HostCafe>.WritingDepartement => Departement;

    public static Expression<Func<HostCafe, bool>>? VisibleTo(Holder holder)
    {
        var client = holder.ClientId;
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Gerant => cafe => cafe.ClientId == client,
            _ => Visibility.None<HostCafe>(),
        };
    }

    public static HostCafe Of(Guid id, HostCafeFacts facts) => new()
    {
        Id = id,
        Name = facts.Name,
        InseeCode = facts.Commune.InseeCode,
        CommuneName = facts.Commune.Name,
        Departement = facts.Commune.Departement,
        CapacityPerDay = facts.CapacityPerDay,
        Languages = facts.Languages,
        ClientId = facts.ClientId,
    };

    /// <summary>What was given away is not taken back by a smaller capacity.</summary>
    public Result<HostCafe> With(HostCafeFacts facts, DateOnly today) =>
        !IsOpen ? HostCafeErrors.Closed
        : Stays.SelectMany(Days).Where(day => day >= today).CountBy(day => day).Any(day => day.Value > facts.CapacityPerDay) ? HostCafeErrors.CapacityTaken
        : Say(facts);

    public Result<HostCafe> Close(string reason, DateOnly today, DateTimeOffset now) =>
        !IsOpen ? HostCafeErrors.Closed
        : Stays.Any(stay => stay.LastDay >= today) ? HostCafeErrors.HasStays
        : this with { ClosedAt = now, ClosedBecause = reason };

    /// <summary>Gives these days away, if there is a place on each of them.</summary>
    public Result<HostCafe> Take(Stay stay, DateOnly today) =>
        !IsOpen ? HostCafeErrors.Closed
        : Days(stay).Any(day => Stays.Count(other => other.Covers(day)) >= CapacityPerDay) ? HostCafeErrors.Full
        : this with { Stays = Stays.RemoveAll(other => other.LastDay < today.AddDays(-DaysKept)).Add(stay) };

    public HostCafe Free(Guid immersionId) => this with { Stays = Stays.RemoveAll(stay => stay.ImmersionId == immersionId) };

    /// <summary>Has back the days on which nobody comes any more.</summary>
    public HostCafe Free(Immersion over) => over.Status == ImmersionStatus.Cancelled
        ? Free(over.Id)
        : this with { Stays = [.. Stays.Select(stay => stay.ImmersionId == over.Id ? stay with { LastDay = over.LastDay } : stay)] };

    private static IEnumerable<DateOnly> Days(Stay stay) => Enumerable.Range(0, stay.LastDay.DayNumber - stay.FirstDay.DayNumber + 1).Select(stay.FirstDay.AddDays);

    private HostCafe Say(HostCafeFacts facts) => this with
    {
        Name = facts.Name,
        InseeCode = facts.Commune.InseeCode,
        CommuneName = facts.Commune.Name,
        Departement = facts.Commune.Departement,
        CapacityPerDay = facts.CapacityPerDay,
        Languages = facts.Languages,
        ClientId = facts.ClientId,
    };
}
