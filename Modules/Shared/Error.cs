using System.Collections.Immutable;
using System.Globalization;

namespace MilleCafes.Shared;

/// <summary>What a refusal means to the caller; decides the HTTP status (see <c>ToHttp</c>).</summary>
public enum ErrorKind
{
    /// <summary>400: can be seen without reading any state.</summary>
    Malformed,

    /// <summary>401: no key, or a key nobody knows.</summary>
    Unauthenticated,

    /// <summary>403: the key may not do this.</summary>
    Forbidden,

    /// <summary>404: no such thing, or one the caller may not see.</summary>
    NotFound,

    /// <summary>405: the address is right, the method is not.</summary>
    MethodNotAllowed,

    /// <summary>406: in none of the formats that the request accepts.</summary>
    NotAcceptable,

    /// <summary>408: the request did not arrive in time.</summary>
    TooSlow,

    /// <summary>409: the state of things does not allow it now.</summary>
    Conflict,

    /// <summary>410: it was there, and will not come back.</summary>
    Gone,

    /// <summary>412: the thing is no longer the one the request was made for.</summary>
    PreconditionFailed,

    /// <summary>413: more bytes than are taken.</summary>
    TooLarge,

    /// <summary>414: an address of more letters than are read.</summary>
    AddressTooLong,

    /// <summary>415: a body in another format than JSON.</summary>
    MediaTypeUnsupported,

    /// <summary>422: understood, and against a rule of the network.</summary>
    Unprocessable,

    /// <summary>429: more requests than a holder has.</summary>
    TooMany,

    /// <summary>431: headers of more letters than are read.</summary>
    HeadersTooLarge,

    /// <summary>500: our fault.</summary>
    Fault,

    /// <summary>503: not now, through no fault of the request.</summary>
    Unavailable,
}

/// <summary>One field that is wrong in a request.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the body, or into the query taken as one object.</param>
public sealed record FieldError(
    [property: Described("Pointeur JSON (RFC 6901) vers le champ, ou vers le paramètre", "JSON pointer (RFC 6901) to the field, or to the parameter")] string Pointer,
    [property: Described("Code stable de la faute, que `/errors` explique", "Stable code of the fault, which `/errors` explains")] string Code,
    [property: Described("La faute, en toutes lettres", "The fault, spelled out")] string Detail);

/// <summary>An expected refusal: a stable code and its sentence in both languages.</summary>
/// <param name="Code">Stable, <c>module.snake_case</c>; part of the public contract.</param>
public sealed record Error(ErrorKind Kind, string Code, string French, string English)
{
    /// <summary>The fields at fault, when the request is malformed.</summary>
    public ImmutableArray<FieldError> Fields { get; init; } = [];

    /// <summary>The sentence in the language of the current request.</summary>
    public string Text => Language.Choose(French, English);

    public static Error Malformed(string code, string french, string english) => new(ErrorKind.Malformed, code, french, english);

    public static Error Unauthenticated(string code, string french, string english) => new(ErrorKind.Unauthenticated, code, french, english);

    public static Error Forbidden(string code, string french, string english) => new(ErrorKind.Forbidden, code, french, english);

    public static Error NotFound(string code, string french, string english) => new(ErrorKind.NotFound, code, french, english);

    public static Error Conflict(string code, string french, string english) => new(ErrorKind.Conflict, code, french, english);

    public static Error Unprocessable(string code, string french, string english) => new(ErrorKind.Unprocessable, code, french, english);
}

/// <summary>The two languages of everything a person reads: French, or English when the request prefers it.</summary>
public static class Language
{
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static string Choose(string french, string english) => IsEnglish ? english : french;
}
