using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

internal static class PlatformErrors
{
    public static readonly Error KeyMissing = Error.Unauthenticated("access.key_missing", "Il faut une clé : « Authorization: Bearer mck_… ».", "A key is needed: “Authorization: Bearer mck_…”.");
    public static readonly Error KeyUnknown = Error.Unauthenticated("access.key_unknown", "Cette clé n'existe pas ou n'est plus valable.", "There is no such key, or it is no longer valid.");
    public static readonly Error ScopeMissing = Error.Forbidden("access.scope_missing", "Cette clé n'ouvre pas cette opération.", "This key does not open this operation.");
    public static readonly Error RouteUnknown = Error.NotFound("request.route_unknown", "Il n'y a rien à cette adresse.", "There is nothing at this address.");
    public static readonly Error MethodNotAllowed = new(ErrorKind.MethodNotAllowed, "request.method_not_allowed", "Cette adresse ne connaît pas cette méthode.", "This address does not know this method.");
    public static readonly Error MediaTypeUnsupported = new(ErrorKind.MediaTypeUnsupported, "request.media_type_unsupported", "Le corps doit être du JSON : « Content-Type: application/json ».", "The body must be JSON: “Content-Type: application/json”.");
    public static readonly Error BodyTooLarge = new(ErrorKind.TooLarge, "request.body_too_large", "Le corps de la requête dépasse 1 Mio.", "The body of the request is larger than 1 MiB.");
    public static readonly Error Refused = Error.Malformed("request.refused", "La requête est refusée.", "The request is refused.");
    public static readonly Error Fault = new(ErrorKind.Fault, "internal.fault", "Une erreur est survenue chez nous. Le traceId permet de la retrouver.", "Something went wrong on our side. The traceId lets us find it.");
}
