using System.Collections.Immutable;
using MilleCafes.Host.Webhooks.Events;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Which events of the wanted types are wanted: those about one of each list that is not empty.</summary>
internal sealed record SubscriptionFilter(
    ImmutableList<string> Departements, ImmutableList<string> InseeCodes, ImmutableList<Guid> CafeIds, ImmutableList<string> Programmes)
{
    public static readonly SubscriptionFilter None = new([], [], [], []);

    /// <summary>An event that does not say a thing does not pass the filter on it.</summary>
    public bool Passes(EventPlace place) =>
        (Departements.IsEmpty || Departements.Contains(place.Departement ?? ""))
        && (InseeCodes.IsEmpty || InseeCodes.Contains(place.InseeCode ?? ""))
        && (CafeIds.IsEmpty || (place.CafeId is { } cafe && CafeIds.Contains(cafe)))
        && (Programmes.IsEmpty || Programmes.Contains(place.Programme ?? ""));
}
