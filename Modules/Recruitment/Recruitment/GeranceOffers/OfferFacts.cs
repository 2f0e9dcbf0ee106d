using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Where those who run the café can live.</summary>
internal sealed record OfferHousing(bool Provided, string? Description);

/// <summary>What an offer says; a draft may leave anything out.</summary>
/// <param name="GuaranteedRemunerationCents">What the network guarantees a month, in cents of euros.</param>
/// <param name="StartsOn">When the café is to be taken over.</param>
/// <param name="LookingFor">What the commune hopes for, in its words.</param>
/// <param name="ExpiresOn">The last day on which candidates may answer, in France.</param>
internal sealed record OfferFacts(
    string? Title, CafeModel? Model, OfferHousing? Housing, int? GuaranteedRemunerationCents, DateOnly? StartsOn, string? LookingFor,
    ImmutableArray<CafeService> ServicesExpected, DateOnly? ExpiresOn)
{
    public static readonly OfferFacts Nothing = new(null, null, null, null, null, null, [], null);

    /// <summary>What has still to be said before anybody can read it, as the JSON calls it; the last day has a default.</summary>
    public ImmutableArray<string> Missing => [.. new[]
    {
        string.IsNullOrWhiteSpace(Title) ? "title" : null,
        Model is null ? "model" : null,
        Housing is null ? "housing" : null,
        GuaranteedRemunerationCents is null && Model?.IsPaid() is not false ? "guaranteedRemunerationCents" : null,
        StartsOn is null ? "startsOn" : null,
        string.IsNullOrWhiteSpace(LookingFor) ? "lookingFor" : null,
    }.OfType<string>()];

    // The compiler's would compare the services by where they are kept
    public bool Equals(OfferFacts? other) => other is not null
        && (Title, Model, Housing, GuaranteedRemunerationCents, StartsOn, LookingFor, ExpiresOn)
            == (other.Title, other.Model, other.Housing, other.GuaranteedRemunerationCents, other.StartsOn, other.LookingFor, other.ExpiresOn)
        && ServicesExpected.SequenceEqual(other.ServicesExpected);

    public override int GetHashCode() => HashCode.Combine(Title, Model, StartsOn, LookingFor, ExpiresOn, ServicesExpected.Length);
}
