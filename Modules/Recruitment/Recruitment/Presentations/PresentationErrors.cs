using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Presentations;

internal static class PresentationErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.presentation_unknown", "Cette présentation n'existe pas.", "There is no such presentation.");
    public static readonly Error AlreadyThere = Error.Conflict("recruitment.presentation_already_there", "Cette candidature vient d'être présentée.", "This candidature has just been presented.");
    public static readonly Error WithoutOffer = Error.Unprocessable("recruitment.presentation_without_offer", "La candidature ne répond à aucune offre : il faut d'abord lui en proposer une.", "The candidature answers no offer: propose one for it first.");
    public static readonly Error Over = Error.Conflict("recruitment.presentation_over", "Cette candidature n'attend plus de réponse de la mairie.", "This candidature awaits no answer of the mairie any more.");
    public static readonly Error NotTold = Error.Unprocessable("recruitment.presentation_not_told", "L'équipe ne répond pas pour la mairie : dites comment la réponse a été donnée.", "The team does not answer for the mairie: say how the answer was told.");
    public static readonly Error ItsOwnAnswer = Error.Unprocessable("recruitment.presentation_its_own_answer", "La mairie répond elle-même : il n'y a pas à dire comment.", "The mairie answers itself: there is no need to say how it was told.");
    public static readonly Error NoYes = Error.Conflict("recruitment.mairie_has_not_said_yes", "La mairie n'a pas dit oui.", "The mairie has not said yes.");
    public static readonly Error NoNo = Error.Conflict("recruitment.mairie_has_not_said_no", "La mairie n'a pas dit non, en dernier : ce motif ne serait pas vrai.", "The mairie has not said no, as its last word: this reason would not be true.");
    public static readonly Error OfferTaken = Error.Conflict("recruitment.offer_already_taken", "Une autre candidature est déjà retenue pour cette offre.", "Another candidature is already retained for this offer.");
}
