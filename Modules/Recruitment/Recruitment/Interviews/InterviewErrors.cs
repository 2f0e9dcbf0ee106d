using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

internal static class InterviewErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.interview_unknown", "Cet entretien n'existe pas.", "There is no such interview.");
    public static readonly Error SlotsOverlap = Error.Unprocessable("recruitment.interview_slots_overlap", "Deux des créneaux proposés se recouvrent.", "Two of the proposed slots overlap.");
    public static readonly Error InterviewerTaken = Error.Conflict("recruitment.interviewer_taken", "Cette personne a déjà un entretien à ce moment.", "This person has an interview at that time already.");
    public static readonly Error NotOpen = Error.Conflict("recruitment.interview_not_open", "Aucun créneau n'est plus à choisir pour cet entretien.", "No slot of this interview is left to choose.");
    public static readonly Error SlotUnknown = Error.Unprocessable("recruitment.interview_slot_unknown", "Ce créneau n'est pas, ou plus, proposé.", "This slot is not, or no longer, proposed.");
    public static readonly Error SlotPassed = Error.Conflict("recruitment.interview_slot_passed", "Ce créneau est passé.", "This slot has passed.");
    public static readonly Error Over = Error.Conflict("recruitment.interview_over", "Cet entretien a eu lieu, ou est annulé.", "This interview was held, or is cancelled.");
    public static readonly Error NotAgreed = Error.Conflict("recruitment.interview_not_agreed", "Aucun créneau n'est choisi pour cet entretien.", "No slot is chosen for this interview.");
    public static readonly Error NotBegun = Error.Conflict("recruitment.interview_not_begun", "Cet entretien n'a pas encore commencé.", "This interview has not begun yet.");
}
