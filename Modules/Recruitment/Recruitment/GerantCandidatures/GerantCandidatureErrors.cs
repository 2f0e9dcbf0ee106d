using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

internal static class GerantCandidatureErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.gerant_candidature_unknown", "Cette candidature de gérant n'existe pas.", "There is no such candidature.");
    public static readonly Error Merged = Error.Conflict("recruitment.gerant_candidature_merged", "Cette candidature a été réunie à une autre : en la lisant, « mergedInto » dit à laquelle.", "This candidature was merged into another one: when it is read, “mergedInto” says which.");
    public static readonly Error NotConfirmed = Error.Conflict("recruitment.gerant_candidature_not_confirmed", "Cette candidature n'a pas encore été confirmée par son auteur.", "This candidature has not been confirmed by its author yet.");
    public static readonly Error AlreadyConfirmed = Error.Conflict("recruitment.gerant_candidature_already_confirmed", "Cette candidature est déjà confirmée.", "This candidature is confirmed already.");
    public static readonly Error StageNotAllowed = Error.Conflict("recruitment.gerant_stage_not_allowed", "Cette étape ne peut pas suivre l'étape actuelle.", "This stage cannot follow the present one.");
    public static readonly Error NoOffer = Error.Unprocessable("recruitment.gerant_candidature_without_offer", "Cette candidature est spontanée : proposez-lui d'abord une offre de gérance.", "This candidature is spontaneous: propose an offer for it first.");
    public static readonly Error AlreadySent = Error.Conflict("recruitment.gerant_candidature_already_sent", "Vous avez déjà transmis cette personne pour cette offre.", "You have sent this person for this offer already.");
    public static readonly Error SameAddress = Error.Conflict("recruitment.gerant_candidature_of_same_address", "Une autre candidature a déjà cette adresse, pour la même offre : réunissez les deux.", "Another candidature has this address already, for the same offer: merge the two.");
    public static readonly Error ConsentOutdated = Error.Unprocessable("recruitment.consent_outdated", "Ce n'est pas la version en vigueur du texte de consentement : montrez celle-ci à la personne.", "This is not the version of the consent's text in force: show that one to the person.");
    public static readonly Error LinkUnknown = Error.NotFound("recruitment.candidate_link_unknown", "Ce lien n'est pas celui de cette candidature, ou n'existe plus.", "This link is not one of this candidature, or is no more.");
    public static readonly Error LinkExpired = new(ErrorKind.Gone, "recruitment.candidate_link_expired", "Ce lien a expiré : déposez de nouveau votre candidature.", "This link has expired: apply again.");
    public static readonly Error LinkUsed = new(ErrorKind.Gone, "recruitment.candidate_link_used", "Ce lien a déjà servi.", "This link has been used already.");
    public static readonly Error SameCandidature = Error.Unprocessable("recruitment.gerant_merge_with_itself", "Une candidature ne peut pas être réunie à elle-même.", "A candidature cannot be merged into itself.");
    public static readonly Error NoDuplicates = Error.Unprocessable("recruitment.gerant_merge_without_reason", "Ces candidatures n'ont ni adresse ni téléphone en commun : dites pourquoi les réunir.", "These candidatures have neither an address nor a telephone in common: say why they are to be merged.");
    public static readonly Error MergeBackwards = Error.Conflict("recruitment.gerant_merge_backwards", "La candidature la plus avancée doit rester : réunissez dans l'autre sens.", "The candidature that is further along must stay: merge the other way round.");
    public static readonly Error BothInPost = Error.Conflict("recruitment.gerant_merge_of_two_in_post", "Les deux sont en poste : notez d'abord le départ de l'un des cafés.", "Both are in post: note first that one of the cafés was left.");
    public static readonly Error SurvivorUnknown = Error.Unprocessable("recruitment.gerant_merge_target_unknown", "La candidature qui doit rester n'existe pas.", "The candidature that is to stay does not exist.");
    public static readonly Error PostEndsBeforeStart = Error.Unprocessable("recruitment.gerant_post_ends_before_start", "Ce jour est avant le premier jour en poste.", "This day is before the first day in post.");
    public static readonly Error ReasonUntrue = Error.Conflict("recruitment.decline_reason_untrue", "Ce motif n'est pas vrai de l'offre de cette candidature, et il serait dit au candidat.", "This reason is not true of the offer of this candidature, and the candidate would be told it.");
    public static readonly Error NoticeNotDue = Error.Conflict("recruitment.erasure_notice_not_due", "Cette personne n'a pas à être prévenue maintenant : il est trop tôt, ou elle l'a été.", "This person is not to be told now: it is too early, or they were.");
    public static readonly Error ToldByMail = Error.Conflict("recruitment.candidate_told_by_mail", "Un mail va prévenir cette personne : rien ne dit encore qu'elle ne peut être jointe.", "A mail is about to tell this person: nothing says yet that they cannot be reached.");
    public static readonly Error PersonalDataScope = Error.Forbidden("recruitment.personal_data_scope_needed", "Chercher par adresse, ou par ce qui est dit d'une source, demande la portée « personal-data:read ».", "To search by address, or by what is said of a source, the scope “personal-data:read” is needed.");
}
