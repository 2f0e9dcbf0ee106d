using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

internal static class ScorecardErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.scorecard_unknown", "Cette grille de savoir-être n'existe pas.", "There is no such scorecard.");
    public static readonly Error AlreadyThere = Error.Conflict("recruitment.scorecard_already_there", "Cette candidature a déjà sa grille de savoir-être.", "This candidature has its scorecard already.");
    public static readonly Error NothingSeen = Error.Unprocessable("recruitment.scorecard_nothing_seen", "Notez un comportement au moins ; si vous n'avez rien pu voir, l'équipe met quelqu'un d'autre à votre place.", "Note one behaviour at least; if you could see none, the team puts somebody else in your place.");
    public static readonly Error Revealed = Error.Conflict("recruitment.scorecard_revealed", "La grille est dévoilée : elle ne change plus.", "The scorecard is revealed: it changes no more.");
    public static readonly Error Decided = Error.Conflict("recruitment.scorecard_decided", "Le candidat est retenu ou ne va pas plus loin : plus personne n'observe, à moins que la décision ne soit corrigée.", "The candidate is retained or goes no further: nobody observes any more, unless the decision is corrected.");
    public static readonly Error GivenStands = Error.Conflict("recruitment.scorecard_given_stands", "Une décision, corrigée depuis, a laissé lire ce que les autres avaient donné : le vôtre ne change plus.", "A decision, corrected since, let what others had given be read: yours changes no more.");
    public static readonly Error TeamMayHaveRead = Error.Conflict("recruitment.scorecard_read_by_team", "Une décision, corrigée depuis, a laissé l'équipe lire ce qui avait été donné : invitez quelqu'un d'une mairie ou d'un café.", "A decision, corrected since, let the team read what had been given: invite somebody of a mairie or a café.");
    public static readonly Error NotRevealed = Error.Conflict("recruitment.scorecard_not_revealed", "Ce motif demande une grille de savoir-être dévoilée : deux personnes au moins y ont noté ce qu'elles ont vu.", "This reason needs a scorecard that is revealed: two people at least have noted there what they saw.");
    public static readonly Error NotAnObserver = Error.Forbidden("recruitment.scorecard_not_an_observer", "Cette clé n'est pas invitée à observer : elle n'a rien à dire dans cette grille.", "This key is not invited to observe: it has nothing to say in this scorecard.");
    public static readonly Error AlreadyObserves = Error.Conflict("recruitment.scorecard_already_observes", "Ce client observe déjà : chacun n'observe qu'une fois.", "This client observes already: everyone observes once.");
    public static readonly Error TooMany = Error.Conflict("recruitment.scorecard_full", "Dix personnes observent déjà.", "Ten people observe already.");
    public static readonly Error ObserverUnknown = Error.Unprocessable("recruitment.scorecard_observer_unknown", "Cet observateur n'est pas, ou plus, de cette grille.", "This observer is not, or no longer, of this scorecard.");
    public static readonly Error NotEachBehaviour = Error.Unprocessable("recruitment.scorecard_not_each_behaviour", "Il faut une observation, et une seule, pour chaque comportement de la liste.", "One observation, and only one, is needed for each behaviour of the list.");
}
