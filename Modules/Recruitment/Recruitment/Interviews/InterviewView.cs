using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

[ShownAs(null)]
internal sealed record InterviewSlotView(
    [property: Described("Identifiant du créneau", "Id of the slot")] Guid Id,
    [property: Described("Début", "Start")] DateTimeOffset StartsAt,
    [property: Described("Durée en minutes", "Length in minutes", Example = "45")] int Minutes,
    [property: Described("Lieu", "Where it takes place", Example = "\"Mairie de Sénergues\"")][property: PersonalData] string? Place,
    [property: Described("Lien de la visioconférence", "Link of the video call")][property: PersonalData] string? Link)
{
    public static InterviewSlotView Of(InterviewSlot slot) => new(slot.Id, slot.StartsAt, slot.Minutes, slot.Place, slot.Link);
}

internal sealed record InterviewEventView(
    [property: Described("L'acte", "The act", Example = "\"proposed\"")] string Act,
    [property: Described("Son instant", "When")] DateTimeOffset At,
    [property: Described("La clé qui a agi ; nulle pour le candidat", "The key that acted; null for the candidate", Example = "\"00000000-0000-7000-8000-000000000001\"")] string? Actor,
    [property: Described("Le motif", "The reason")][property: PersonalData] string? Reason);

/// <summary>An interview as the API shows it.</summary>
internal sealed record InterviewView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("La candidature de gérant", "The gérant candidature")] Guid CandidatureId,
    [property: Described("Le client de la personne qui mène l'entretien", "The client of who leads the interview", Example = "\"00000000-0000-7000-8000-000000000001\"")] Guid InterviewerId,
    [property: Described("Où en est l'entretien", "Where the interview stands")] InterviewStatus Status,
    [property: Described("Les créneaux proposés", "The slots proposed")] IReadOnlyList<InterviewSlotView> Slots,
    [property: Described("Le créneau choisi", "The slot chosen")] Guid? ChosenSlotId,
    [property: Described("Qui l'a choisi", "Who chose it")] InterviewParty? ChosenBy,
    [property: Described("Compte rendu", "Summary", Example = "\"Veut reprendre le bar de son village.\"")][property: PersonalData] string? Summary,
    [property: Described("Qui n'est pas venu", "Who did not come")] InterviewParty? AbsentParty,
    [property: Described("Tout ce qui a été fait, dans l'ordre", "All that was done, in order")] IReadOnlyList<InterviewEventView> History)
{
    public static InterviewView Of(Interview interview) => new(
        interview.Id,
        interview.Revision,
        interview.CandidatureId,
        interview.InterviewerId,
        interview.Status,
        [.. interview.Slots.Select(InterviewSlotView.Of)],
        interview.ChosenSlotId,
        interview.ChosenBy,
        interview.Summary,
        interview.AbsentParty,
        [.. interview.History.Select(done => new InterviewEventView(done.Act, done.At, done.Actor, done.Reason))]);
}
