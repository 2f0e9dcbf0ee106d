using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Whether the commune still has a café.</summary>
internal enum CafeSituation
{
    None,
    Threatened,
    Open,
}

/// <summary>What a shop sells, or does for people.</summary>
internal enum ShopKind
{
    Bakery,
    Butcher,
    Grocery,
    Restaurant,
    Tobacconist,
    Pharmacy,
    PostPoint,
    Hairdresser,
    PetrolStation,
    Other,
}

/// <summary>What has to be done before a café can open there.</summary>
internal enum PremisesState
{
    Ready,
    ToRefresh,
    ToRenovate,
    ToBuild,
}

/// <param name="SurfaceSquareMetres">Floor area open to customers, in square metres, when known.</param>
internal sealed record Premises(bool Available, [property: PersonalData] string? Description, int? SurfaceSquareMetres, bool HousingForTwo)
{
    public string? Address { get; init; }

    public PremisesState? State { get; init; }

    [PersonalData]
    public string? ComplianceWorks { get; init; }

    public DateOnly? AvailableFrom { get; init; }

    /// <summary>In cents of euro.</summary>
    public int? MonthlyRentCents { get; init; }
}

/// <summary>The person the team talks to.</summary>
internal sealed record Contact(string Name, string? Role, string Email, string? Phone)
{
    /// <summary>What is left of one that was erased.</summary>
    public static readonly Contact Nobody = new("", null, "", null);
}

/// <summary>How many shops of a kind there are.</summary>
internal sealed record Shops(ShopKind Kind, int Count);

/// <summary>What residents did for the project already.</summary>
internal sealed record Involvement(bool Collective, int? SurveyAnswers, int? PetitionSignatures, [property: PersonalData] string? Description)
{
    public bool IsAny => Collective || SurveyAnswers > 0 || PetitionSignatures > 0;
}

/// <summary>A document that lives elsewhere.</summary>
internal sealed record Attachment([property: PersonalData] string Title, [property: PersonalData] string Url);

/// <summary>What the commune says of itself in its letter.</summary>
/// <param name="OtherShops">How many other shops the commune has.</param>
internal sealed record CandidatureFacts(
    CafeSituation CafeSituation, int OtherShops, bool CarriedByMayor, Premises Premises, bool ResidentsInvolved, [property: PersonalData] Contact Contact)
{
    public DateOnly? CafeClosesOn { get; init; }

    /// <summary>When the council deliberated on the project.</summary>
    public DateOnly? DeliberatedOn { get; init; }

    public ImmutableArray<Shops> Shops { get; init; } = [];

    public Involvement? Involvement { get; init; }

    public ImmutableArray<Attachment> Attachments { get; init; } = [];

    // Lists are equal when their items are: the same facts sent twice are no change
    public bool Equals(CandidatureFacts? other) => other is not null
        && (CafeSituation, OtherShops, CarriedByMayor, ResidentsInvolved, CafeClosesOn, DeliberatedOn)
            == (other.CafeSituation, other.OtherShops, other.CarriedByMayor, other.ResidentsInvolved, other.CafeClosesOn, other.DeliberatedOn)
        && Premises == other.Premises && Contact == other.Contact && Involvement == other.Involvement
        && Shops.SequenceEqual(other.Shops) && Attachments.SequenceEqual(other.Attachments);

    public override int GetHashCode() => HashCode.Combine(CafeSituation, OtherShops, CarriedByMayor, ResidentsInvolved, Premises, Contact);
}
