namespace MilleCafes.Shared;

/// <summary>The refusals that any slice can give.</summary>
public static class CommonErrors
{
    public static readonly Error Malformed = Error.Malformed("request.malformed", "La requête comporte des erreurs.", "The request has errors.");
    public static readonly Error UnreadableJson = Error.Malformed("request.unreadable_json", "Le corps de la requête n'est pas du JSON lisible.", "The body of the request is not readable JSON.");
    public static readonly Error UnknownParameter = Error.Malformed("request.unknown_parameter", "La requête porte un paramètre inconnu.", "The request has an unknown parameter.");
    public static readonly Error BadCursor = Error.Malformed("request.bad_cursor", "Le curseur « after » n'est pas un de ceux que cette liste a donnés.", "The cursor “after” is not one that this list gave.");
    public static readonly Error ChangedMeanwhile = Error.Conflict("request.changed_meanwhile", "L'objet a changé entre-temps : relisez-le puis recommencez.", "The object has changed meanwhile: read it again and retry.");
    public static readonly Error PreconditionFailed = new(ErrorKind.PreconditionFailed, "request.precondition_failed", "L'objet n'est plus celui que « If-Match » désigne : relisez-le.", "The object is no longer the one that “If-Match” names: read it again.");
    public static readonly Error NotYours = Error.Forbidden("access.not_yours", "Cette clé ne peut écrire que ce qui la concerne.", "This key can write only what is its own.");
    public static readonly Error OtherAntenne = Error.Forbidden("access.other_antenne", "Cette clé n'écrit que dans ses départements (`writesIn`), et dans ce qui est confié à leur antenne.", "This key writes only in its départements (`writesIn`), and in what was given to their antenne.");
    public static readonly Error AlreadyExists = Error.Conflict("request.already_exists", "Un objet identique existe déjà.", "The same object exists already.");
}
