using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>The part of the café that is for sitting together.</summary>
internal enum DedicatedSpace
{
    None,
    CafeBar,
    TeaRoom,
}

/// <summary>What the café may serve; without any it may apply too.</summary>
internal enum DrinksLicence
{
    None,
    SmallRestaurant,
    Restaurant,
    TakeAway,
    LicenceIii,
    LicenceIv,
}

/// <summary>What weakens a café; the first four are those that gérants themselves name.</summary>
internal enum WeakeningCause
{
    ManySkillsNeeded,
    NoTimeForNewServices,
    FewRegularCustomers,
    Isolation,
    FallingRevenue,
    RisingCosts,
    Premises,
    Debt,
    GerantLeaving,
    Other,
}

/// <summary>One year of the café.</summary>
/// <param name="RevenueCents">In cents of euros, before tax.</param>
/// <param name="CostsCents">In cents of euros, payroll and overheads.</param>
internal sealed record CafeYear(int Year, long RevenueCents, long CostsCents, int DaysOpen);

/// <summary>Whom the team talks to at the café.</summary>
internal sealed record CafeContact(string Name, string Email, string? Phone)
{
    /// <summary>What is left of one that was erased.</summary>
    public static readonly CafeContact Nobody = new("", "", null);
}

/// <summary>What a café says of itself.</summary>
/// <param name="Weakness">What weakens it, in the gérant's words, which can be about people.</param>
/// <param name="Years">Two years, the latest last; one for a café that has no more.</param>
internal sealed record CafeFacts(
    string CafeName, bool CarriedByGerant, bool LastCafeOfCommune, DedicatedSpace DedicatedSpace, DrinksLicence Licence,
    ImmutableArray<WeakeningCause> Causes, [property: PersonalData] string? Weakness, ImmutableArray<CafeYear> Years, [property: PersonalData] CafeContact Contact)
{
    /// <summary>The year in which the café opened; said by one that is too young for figures of two years.</summary>
    public int? OpenedIn { get; init; }

    // The compiler's would compare the lists by where they are kept
    public bool Equals(CafeFacts? other) => other is not null
        && (CafeName, CarriedByGerant, LastCafeOfCommune, DedicatedSpace, Licence, Weakness, Contact, OpenedIn)
            == (other.CafeName, other.CarriedByGerant, other.LastCafeOfCommune, other.DedicatedSpace, other.Licence, other.Weakness, other.Contact, other.OpenedIn)
        && Causes.SequenceEqual(other.Causes) && Years.SequenceEqual(other.Years);

    public override int GetHashCode() => HashCode.Combine(CafeName, CarriedByGerant, LastCafeOfCommune, DedicatedSpace, Licence, Weakness, Contact);
}
