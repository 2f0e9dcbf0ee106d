using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace MilleCafes.Shared;

/// <summary>RFC 9457: how every refusal and every fault looks on the wire.</summary>
/// <param name="Type">Where the code is documented.</param>
/// <param name="Errors">The faulty fields, when there are any.</param>
public sealed record ProblemDocument(
    [property: Described("Adresse de la documentation de ce code", "Where this code is documented")] string Type,
    [property: Described("Ce que dit le statut", "What the status says")] string Title,
    [property: Described("Statut HTTP", "HTTP status")] int Status,
    [property: Described("Ce qui est refusé et pourquoi", "What is refused and why")] string Detail,
    [property: Described("Code stable, fait pour les programmes", "Stable code, meant for programs")] string Code,
    [property: Described("Identifiant de trace, à donner au support", "Trace id, to be given to support")] string TraceId,
    [property: Described("Champs en faute", "Fields at fault")][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldError>? Errors);

/// <summary>Answers a request with a problem document; the one place that maps a kind of error to a status.</summary>
public sealed class ProblemResult(Error error, int? status = null) : IResult
{
    public Error Error => error;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var code = status ?? StatusOf(error.Kind);
        httpContext.Response.StatusCode = code;
        var problem = new ProblemDocument(
            $"/errors/{error.Code}", TitleOf(code), code, error.Text, error.Code,
            Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier,
            error.Fields.IsEmpty ? null : error.Fields);
        return httpContext.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", httpContext.RequestAborted);
    }

    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Malformed => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorKind.NotAcceptable => StatusCodes.Status406NotAcceptable,
        ErrorKind.TooSlow => StatusCodes.Status408RequestTimeout,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Gone => StatusCodes.Status410Gone,
        ErrorKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.AddressTooLong => StatusCodes.Status414UriTooLong,
        ErrorKind.MediaTypeUnsupported => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.HeadersTooLarge => StatusCodes.Status431RequestHeaderFieldsTooLarge,
        ErrorKind.Fault => StatusCodes.Status500InternalServerError,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string TitleOf(int status) => status switch
    {
        400 => Language.Choose("Requête invalide", "Bad request"),
        401 => Language.Choose("Clé requise", "Key required"),
        403 => Language.Choose("Interdit", "Forbidden"),
        404 => Language.Choose("Introuvable", "Not found"),
        405 => Language.Choose("Méthode non permise", "Method not allowed"),
        406 => Language.Choose("Format non disponible", "Not acceptable"),
        408 => Language.Choose("Requête trop lente", "Request too slow"),
        409 => Language.Choose("Conflit", "Conflict"),
        410 => Language.Choose("Disparu", "Gone"),
        412 => Language.Choose("Condition non remplie", "Precondition failed"),
        413 => Language.Choose("Corps trop volumineux", "Content too large"),
        414 => Language.Choose("Adresse trop longue", "Address too long"),
        415 => Language.Choose("Format non pris en charge", "Unsupported media type"),
        422 => Language.Choose("Refusé par une règle", "Refused by a rule"),
        429 => Language.Choose("Trop de requêtes", "Too many requests"),
        431 => Language.Choose("En-têtes trop volumineux", "Headers too large"),
        503 => Language.Choose("Momentanément indisponible", "Unavailable for now"),
        _ => Language.Choose("Erreur", "Error"),
    };
}
