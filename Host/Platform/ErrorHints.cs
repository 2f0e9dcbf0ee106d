using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>What a caller can do about a refusal.</summary>
internal static class ErrorHints
{
    public static string? Of(Error error, int status) => status switch
    {
        _ when error == PlatformErrors.IdempotencyKeyInFlight => Wait,
        _ when error == PlatformErrors.IdempotencyAnswerLost => Language.Choose("Relisez l'objet : l'acte est fait.", "Read the object again: the act is done."),
        400 => Language.Choose(
            "Corrigez la requête avant de la renvoyer : « errors » nomme chaque champ en faute par son pointeur JSON, avec un code que la page des codes explique.",
            "Correct the request before you send it again: “errors” names each field at fault by its JSON pointer, with a code that the page of codes explains."),
        401 => Language.Choose(
            "Envoyez « Authorization: Bearer … » avec une clé valable, ou demandez un nouveau jeton ; si la clé a pris fin, demandez-en une autre à qui vous l'a donnée.",
            "Send “Authorization: Bearer …” with a valid key, or ask for a new token; when the key has ended, ask whoever gave it to you for another."),
        403 => Language.Choose(
            "« GET /v1/access/me » dit à qui est cette clé et ce qu'elle ouvre, l'explorateur ce que demande chaque opération : demandez la portée qui manque à qui vous a donné la clé.",
            "“GET /v1/access/me” tells whose this key is and what it opens, the explorer what each operation asks for: ask whoever gave you the key for the scope it lacks."),
        404 => Language.Choose(
            "Vérifiez l'adresse et l'identifiant ; ce que votre clé ne peut pas voir n'existe pas pour elle.",
            "Check the address and the id; what your key may not see does not exist for it."),
        405 => Language.Choose("« Allow » nomme les méthodes de cette adresse.", "“Allow” names the methods of this address."),
        406 => Language.Choose("Acceptez un format que l'explorateur donne à cette opération, comme « application/json ».", "Accept a format that the explorer gives this operation, such as “application/json”."),
        408 => Language.Choose("Renvoyez la requête, son corps d'un trait.", "Send the request again, its body without a pause."),
        409 => Language.Choose("Relisez l'objet, puis décidez à nouveau : dans cet état, la même requête sera encore refusée.", "Read the object again, then decide anew: in this state the same request will be refused again."),
        410 => Language.Choose("Ne redemandez pas : repartez de la liste, ou d'un instant plus récent.", "Do not ask again: start from the list, or from a later instant."),
        412 => Language.Choose(
            "Relisez l'objet ; si l'acte a encore un sens, recommencez avec le nouvel « ETag » dans « If-Match ».",
            "Read it again; if the act still makes sense, repeat it with the new “ETag” in “If-Match”."),
        413 => Language.Choose("Envoyez moins à la fois.", "Send less at a time."),
        414 or 431 => Language.Choose("Envoyez une requête plus courte.", "Send a shorter request."),
        415 => Language.Choose("Envoyez le format que l'explorateur donne à cette opération.", "Send the format that the explorer gives this operation."),
        422 => Language.Choose("La même requête sera encore refusée : changez ce que dit la phrase ci-dessus.", "The same request will be refused again: change what the sentence above names."),
        429 => Wait,
        500 => Language.Choose("Donnez-nous le « traceId » de la réponse si cela dure.", "Give us the “traceId” of the answer if it lasts."),
        503 => Wait + " " + Language.Choose("Relisez avant de répéter une écriture sans « Idempotency-Key ».", "Read before you repeat a write that has no “Idempotency-Key”."),
        _ => null,
    };

    private static string Wait => Language.Choose(
        "Attendez les secondes que dit « Retry-After », puis renvoyez la même requête.", "Wait for the seconds that “Retry-After” tells, then send the same request again.");
}
