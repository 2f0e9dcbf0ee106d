using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

internal static class ImmersionErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.immersion_unknown", "Cette immersion n'existe pas.", "There is no such immersion.");
    public static readonly Error AlreadyBooked = Error.Conflict("recruitment.immersion_already_booked", "Ce candidat a déjà une immersion en cours ou prévue : une seule à la fois.", "This candidate has an immersion under way or planned already: one at a time.");
    public static readonly Error BothBooked = Error.Conflict("recruitment.gerant_merge_two_immersions", "Les deux candidatures ont une immersion en cours ou prévue : annulez-en une d'abord.", "Both candidatures have an immersion under way or planned: cancel one first.");
    public static readonly Error Over = Error.Conflict("recruitment.immersion_over", "Cette immersion est terminée ou annulée.", "This immersion is completed or cancelled.");
    public static readonly Error NotBegun = Error.Conflict("recruitment.immersion_not_begun", "Cette immersion n'a pas encore commencé.", "This immersion has not begun yet.");
    public static readonly Error AlreadyHeard = Error.Conflict("recruitment.immersion_already_heard", "Ce retour est déjà donné.", "This feedback is given already.");
}
