using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

internal static class PlatformErrors
{
    public static readonly Error KeyMissing = Error.Unauthenticated("access.key_missing", "Il faut une clé : « Authorization: Bearer mck_… ».", "A key is needed: “Authorization: Bearer mck_…”.");
    public static readonly Error KeyUnknown = Error.Unauthenticated("access.key_unknown", "Cette clé n'existe pas ou n'est plus valable.", "There is no such key, or it is no longer valid.");
    public static readonly Error ScopeMissing = Error.Forbidden("access.scope_missing", "Cette clé n'ouvre pas cette opération.", "This key does not open this operation.");
    public static readonly Error HolderExcluded = Error.Forbidden("access.holder_excluded", "Cette opération n'est pas ouverte à ce genre de détenteur, quelles que soient ses portées.", "This operation is not open to this kind of holder, whatever its scopes.");
    public static readonly Error RouteUnknown = Error.NotFound("request.route_unknown", "Il n'y a rien à cette adresse.", "There is nothing at this address.");
    public static readonly Error MethodNotAllowed = new(ErrorKind.MethodNotAllowed, "request.method_not_allowed", "Cette adresse ne connaît pas cette méthode.", "This address does not know this method.");
    public static readonly Error MediaTypeUnsupported = new(ErrorKind.MediaTypeUnsupported, "request.media_type_unsupported", "Le corps doit être du JSON : « Content-Type: application/json ».", "The body must be JSON: “Content-Type: application/json”.");
    public static readonly Error BodyUnexpected = Error.Malformed("request.body_unexpected", "Cette opération ne lit pas de corps : ce que dit celui-ci serait perdu.", "This operation reads no body: what this one says would be lost.");
    public static readonly Error TagUnexpected = Error.Malformed("request.if_match_unexpected", "Cette opération crée : il n'y a encore rien que « If-Match » puisse désigner.", "This operation creates: there is nothing yet that “If-Match” could name.");
    public static readonly Error BodyTooLarge = new(ErrorKind.TooLarge, "request.body_too_large", "Le corps de la requête dépasse 1 Mio (10 Mio pour un lot).", "The body of the request is larger than 1 MiB (10 MiB for a batch).");
    public static readonly Error NotAcceptable = new(ErrorKind.NotAcceptable, "request.not_acceptable", "Cette opération ne répond dans aucun des formats de « Accept ».", "This operation answers in none of the formats of “Accept”.");
    public static readonly Error TooSlow = new(ErrorKind.TooSlow, "request.too_slow", "Le corps de la requête n'est pas arrivé à temps.", "The body of the request did not arrive in time.");
    public static readonly Error AddressTooLong = new(ErrorKind.AddressTooLong, "request.address_too_long", "L'adresse dépasse 8 Kio.", "The address is longer than 8 KiB.");
    public static readonly Error HeadersTooLarge = new(ErrorKind.HeadersTooLarge, "request.headers_too_large", "Les en-têtes dépassent 32 Kio.", "The headers are larger than 32 KiB.");
    public static readonly Error RateExceeded = new(ErrorKind.TooMany, "request.rate_exceeded", "Trop de requêtes : « Retry-After » dit quand reprendre.", "Too many requests: “Retry-After” tells when to go on.");
    public static readonly Error IdempotencyKeyMalformed = Error.Malformed("request.idempotency_key_malformed", "« Idempotency-Key » a de 1 à 255 caractères ASCII visibles, et n'est donnée qu'une fois.", "“Idempotency-Key” has 1 to 255 visible ASCII characters, and is given once.");
    public static readonly Error IdempotencyKeyReused = Error.Unprocessable("request.idempotency_key_reused", "Cette « Idempotency-Key » a servi à une autre requête : prenez-en une nouvelle.", "This “Idempotency-Key” has served another request: take a new one.");
    public static readonly Error IdempotencyKeyInFlight = Error.Conflict("request.idempotency_key_in_flight", "La première requête de cette « Idempotency-Key » est encore en cours : recommencez dans un instant.", "The first request of this “Idempotency-Key” is still under way: try again in a moment.");
    public static readonly Error IdempotencyAnswerLost = Error.Conflict("request.idempotency_answer_lost", "L'acte de cette « Idempotency-Key » a été fait, mais sa réponse s'est perdue : relisez, ne recommencez pas.", "The act of this “Idempotency-Key” was done, but its answer was lost: read it, do not repeat it.");
    public static readonly Error TimedOut = new(ErrorKind.Unavailable, "internal.timed_out", "La réponse a pris trop de temps ; relisez avant de recommencer une écriture.", "The answer took too long; read before you repeat a write.");
    public static readonly Error Refused = Error.Malformed("request.refused", "La requête est refusée.", "The request is refused.");
    public static readonly Error DatabaseUnavailable = new(ErrorKind.Unavailable, "internal.database_unavailable", "La base de données ne répond pas : recommencez dans un instant.", "The database does not answer: try again in a moment.");
    public static readonly Error Fault = new(ErrorKind.Fault, "internal.fault", "Une erreur est survenue chez nous. Le traceId permet de la retrouver.", "Something went wrong on our side. The traceId lets us find it.");

    /// <summary>The same as <see cref="NotAcceptable"/>, with the formats that there are.</summary>
    public static Error NotAcceptableBut(IEnumerable<string> offered) => NotAcceptable with
    {
        French = $"Cette opération ne répond dans aucun des formats de « Accept », mais en {string.Join(", ", offered)}.",
        English = $"This operation answers in none of the formats of “Accept”, but in {string.Join(", ", offered)}.",
    };
}
