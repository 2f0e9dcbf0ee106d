namespace MilleCafes.Shared;

/// <summary>How a café is run (activity report 2023).</summary>
public enum CafeModel
{
    Entrepreneurial,
    AssociativeVolunteer,
    AssociativeWithEmployee,
    Participatory,
    Itinerant,
}

/// <summary>What a model says of those who run the café.</summary>
public static class CafeModels
{
    /// <summary>Whether somebody earns their living by it; the two others have volunteers only.</summary>
    public static bool IsPaid(this CafeModel model) => model is not (CafeModel.AssociativeVolunteer or CafeModel.Participatory);
}
