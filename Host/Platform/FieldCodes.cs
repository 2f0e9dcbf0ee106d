using System.Collections.Immutable;

namespace MilleCafes.Host.Platform;

/// <param name="Code">Stable, as <c>errors[].code</c> tells it.</param>
internal sealed record FieldCode(string Code, string French, string English);

/// <summary>Every code that a field can be refused with: a closed set, which a test compares with the checks there are.</summary>
internal static class FieldCodes
{
    public static readonly ImmutableArray<FieldCode> All =
    [
        new("bad_cursor", "Le curseur n'est pas un de ceux que l'API a donnés.", "The cursor is not one that the API gave."),
        new("bad_phone", "La valeur n'est pas un numéro de téléphone.", "The value is no telephone number."),
        new("bare_address_required", "L'adresse porte des identifiants ou un fragment, qu'elle ne doit pas avoir.", "The address has credentials or a fragment, which it must not have."),
        new("cafe_required", "Un gérant doit nommer au moins un café.", "A gérant must name at least one café."),
        new("commune_required", "Une mairie doit nommer sa commune.", "A mairie must name its commune."),
        new("contradiction", "Le champ contredit un autre champ, que la phrase de la faute nomme.", "The field contradicts another one, which the fault's sentence names."),
        new("consent_required", "La personne doit avoir donné son accord.", "The person must have given their consent."),
        new("control_character", "Le texte a un saut de ligne ou un autre caractère de contrôle.", "The text has a line break or another control character."),
        new("duplicate_field", "Le champ est donné plus d'une fois.", "The field is given more than once."),
        new("email", "La valeur n'est pas une adresse électronique.", "The value is no e-mail address."),
        new("empty", "Le champ doit rester vide dans ce cas.", "The field must stay empty in this case."),
        new("enum", "La valeur n'est pas une de celles du choix.", "The value is none of those of the choice."),
        new("forbidden_address", "L'adresse n'est pas joignable sur l'Internet public.", "The address is not on the public Internet."),
        new("greater_than", "La valeur n'est pas au-dessus de celle que la phrase de la faute donne.", "The value is not above the one that the fault's sentence gives."),
        new("greater_than_or_equal", "La valeur est au-dessous de celle que la phrase de la faute donne.", "The value is below the one that the fault's sentence gives."),
        new("https_required", "L'adresse n'est pas en https.", "The address does not use https."),
        new("in_the_future", "Le jour, l'instant ou l'année n'est pas encore venu, ou est trop lointain.", "The day, instant or year has not come yet, or is too far away."),
        new("in_the_past", "Le jour ou l'instant est déjà passé, ou trop ancien ; d'une année, seulement trop ancienne.", "The day or instant has passed already, or too long ago; a year only too long ago."),
        new("inclusive_between", "Le nombre est hors des bornes, que la phrase de la faute donne.", "The number is out of bounds, which the fault's sentence gives."),
        new("maximum_length", "Le texte est trop long.", "The text is too long."),
        new("minimum_length", "Le texte est trop court.", "The text is too short."),
        new("not_a_siret", "La valeur n'est pas un SIRET : 14 chiffres, dont le dernier est de contrôle.", "The value is no SIRET: 14 digits, the last of which is a check."),
        new("not_an_address", "La valeur n'est pas une adresse absolue.", "The value is no absolute address."),
        new("not_an_object", "Le corps est du JSON, mais pas un objet.", "The body is JSON, but no object."),
        new("not_empty", "Le champ manque, ou il est vide.", "The field is missing, or empty."),
        new("not_null", "Le champ manque.", "The field is missing."),
        new("others_of_form", "Les autres noms ne sont pas ceux qu'il faut pour une personne, un couple ou un collectif.", "The other names are not those that a person, a couple or a collective has."),
        new("regular_expression", "La valeur n'a pas la forme que le document de l'API donne.", "The value has not the form that the API's document gives."),
        new("repeated_parameter", "Le paramètre est donné plus d'une fois.", "The parameter is given more than once."),
        new("same_year", "La même année est donnée deux fois.", "The same year is given twice."),
        new("staff_only", "Cette portée n'est donnée qu'à l'équipe.", "This scope is given to the team only."),
        new("too_many", "La liste a trop d'éléments.", "The list has too many items."),
        new("two_years_required", "Il faut les chiffres de deux années.", "Figures of two years are needed."),
        new("unfit_client", "Le champ nomme un client auquel ceci ne peut être demandé ; la phrase de la faute dit pourquoi.", "The field names a client that cannot be asked for this; the fault's sentence says why."),
        new("unknown_commune", "Aucune commune ne porte ce code INSEE.", "No commune has this INSEE code."),
        new("unknown_departement", "Aucun département ne porte ce code.", "No département has this code."),
        new("unknown_event_type", "Aucun événement n'est de ce type.", "No event is of this type."),
        new("unknown_field", "L'opération n'a pas ce champ.", "The operation has no such field."),
        new("unknown_parameter", "L'opération n'a pas ce paramètre.", "The operation has no such parameter."),
        new("unknown_region", "Aucune région ne porte ce nom.", "No region has this name."),
        new("unknown_scope", "Aucune portée ne s'appelle ainsi.", "No scope is called so."),
        new("unknown_value", "La valeur n'est aucune de celles que la phrase de la faute donne.", "The value is none of those that the fault's sentence gives."),
        new("unreadable", "La valeur n'est pas du type attendu.", "The value is not of the expected type."),
    ];
}
