using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

internal static class CommuneCandidatureErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.candidature_unknown", "Cette candidature n'existe pas.", "There is no such candidature.");
    public static readonly Error UnknownCommune = Error.Unprocessable("recruitment.commune_unknown", "Aucune commune ne porte ce code INSEE.", "No commune has this INSEE code.");
    public static readonly Error AlreadyOpen = Error.Conflict("recruitment.candidature_already_open", "Cette commune a déjà une candidature en cours.", "This commune already has an open candidature.");
    public static readonly Error NotEligible = Error.Unprocessable("recruitment.candidature_not_eligible", "La candidature n'est pas éligible : il faut d'abord une dérogation motivée.", "The candidature is not eligible: it first needs an override with its reason.");
    public static readonly Error AlreadyEligible = Error.Conflict("recruitment.candidature_already_eligible", "La candidature est éligible : aucune dérogation n'est nécessaire.", "The candidature is eligible: no override is needed.");
    public static readonly Error AlreadyAccepted = Error.Conflict("recruitment.candidature_already_accepted", "La candidature est déjà acceptée.", "The candidature is already accepted.");
    public static readonly Error AlreadyDeclined = Error.Conflict("recruitment.candidature_already_declined", "La candidature est déjà refusée.", "The candidature is already declined.");
    public static readonly Error AlreadyWithdrawn = Error.Conflict("recruitment.candidature_already_withdrawn", "La candidature est déjà retirée.", "The candidature is already withdrawn.");
    public static readonly Error AlreadyMerged = Error.Conflict("recruitment.candidature_already_merged", "La candidature est déjà réunie à une autre.", "The candidature is already merged into another.");
    public static readonly Error NotClosed = Error.Conflict("recruitment.candidature_not_closed", "La candidature est en cours : il n'y a rien à rouvrir.", "The candidature is open: there is nothing to reopen.");
    public static readonly Error Duplicate = Error.Conflict("recruitment.candidature_duplicate", "Cette commune a une autre candidature en cours : il faut d'abord les réunir.", "This commune has another open candidature: they have to be merged first.");
    public static readonly Error CommuneMerged = Error.Conflict("recruitment.candidature_commune_merged", "La commune a fusionné depuis : il faut d'abord réévaluer l'éligibilité.", "The commune has merged meanwhile: eligibility has to be evaluated again first.");
    public static readonly Error NotADuplicate = Error.Unprocessable("recruitment.candidature_not_a_duplicate", "Les deux candidatures ne sont pas celles d'une même commune, ou l'autre est close.", "The two candidatures are not those of one commune, or the other one is closed.");
    public static readonly Error OtherUnknown = Error.Unprocessable("recruitment.other_candidature_unknown", "L'autre candidature n'existe pas.", "There is no such other candidature.");
    public static readonly Error CommuneTakenIn = Error.Conflict("recruitment.commune_already_accepted", "Le réseau accompagne déjà cette commune : il faut dire pourquoi un second projet.", "The network accompanies this commune already: say why there is to be a second project.");
    public static readonly Error CorrectionsPending = Error.Conflict("recruitment.corrections_already_requested", "Des corrections sont déjà demandées et attendent leur réponse.", "Corrections are requested already and await their answer.");
    public static readonly Error NoCorrectionsPending = Error.Conflict("recruitment.no_corrections_requested", "Aucune correction n'attend de réponse.", "No corrections await an answer.");
    public static readonly Error OpinionUnknown = Error.Unprocessable("recruitment.opinion_unknown", "Aucun avis n'est demandé sous cet identifiant.", "No opinion is asked for under this id.");
    public static readonly Error OpinionGiven = Error.Conflict("recruitment.opinion_already_given", "Cet avis est déjà donné.", "This opinion is given already.");
    public static readonly Error NoVisitPlanned = Error.Conflict("recruitment.no_visit_planned", "Aucune visite n'est prévue.", "No visit is planned.");

    /// <summary>Why an act on an open candidature may come too late.</summary>
    public static readonly ImmutableArray<Error> Closed = [AlreadyAccepted, AlreadyDeclined, AlreadyWithdrawn, AlreadyMerged];
}
