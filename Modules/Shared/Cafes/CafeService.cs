namespace MilleCafes.Shared;

/// <summary>What a café offers beside the bar: the multiservices.</summary>
public enum CafeService
{
    PostPoint,
    ParcelRelay,
    Grocery,
    BreadDepot,
    Press,
    Atm,
    TouristOffer,
    BikeHire,
    InformationPoint,
    CulturalProgramme,
    DigitalAccess,
    MealDelivery,
}
