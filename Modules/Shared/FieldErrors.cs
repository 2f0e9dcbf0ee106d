using System.Text.Json;

namespace MilleCafes.Shared;

/// <summary>The sentences about one field that any request can earn.</summary>
public static class FieldErrors
{
    /// <summary>The stable code behind a check's own name: « NotEmptyValidator » becomes « not_empty ».</summary>
    public static string CodeOf(string check) => JsonNamingPolicy.SnakeCaseLower.ConvertName(check.Replace("Validator", "", StringComparison.Ordinal));

    /// <summary>Readable JSON that is a list, a text or nothing where an object is needed.</summary>
    public static FieldError NotAnObject(string pointer) => new(pointer, "not_an_object", Language.Choose("Il faut un objet JSON : { … }.", "A JSON object is needed: { … }."));

    /// <param name="type">What was to be read, when it is known: the sentence then gives an example of it.</param>
    public static FieldError Unreadable(string pointer, Type? type = null) =>
        new(pointer, "unreadable", Language.Choose($"Cette valeur n'est pas de la forme attendue{ExpectedOf(type)}.", $"This value is not of the expected form{ExpectedOf(type)}."));

    public static FieldError UnknownField(string pointer) => new(pointer, "unknown_field", Language.Choose("Ce champ n'existe pas.", "There is no such field."));

    public static FieldError DuplicateField(string pointer) => new(pointer, "duplicate_field", Language.Choose("Ce champ est donné deux fois.", "This field is given twice."));

    public static FieldError UnknownParameter(string pointer) => new(pointer, "unknown_parameter", Language.Choose("Ce paramètre n'existe pas.", "There is no such parameter."));

    public static FieldError RepeatedParameter(string pointer) => new(pointer, "repeated_parameter", Language.Choose("Ce paramètre est donné plusieurs fois.", "This parameter is given several times."));

    /// <summary>A client that cannot be asked for what this request would ask it for.</summary>
    public static FieldError UnfitClient(string pointer, string why) => new(pointer, "unfit_client", why);

    /// <summary>A value that is none of those possible.</summary>
    public static FieldError UnknownValue(string pointer, IEnumerable<string> possible) => new(
        pointer, "unknown_value", Language.Choose($"Valeurs possibles : {string.Join(", ", possible)}.", $"Possible values: {string.Join(", ", possible)}."));

    private static string ExpectedOf(Type? type) => type is null ? "" : (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var one when one == typeof(DateTimeOffset) => Language.Choose(" : un instant, comme 2026-03-15T09:30:00Z", ": an instant, such as 2026-03-15T09:30:00Z"),
        var one when one == typeof(DateOnly) => Language.Choose(" : un jour, comme 2026-03-15", ": a day, such as 2026-03-15"),
        var one when one == typeof(Guid) => Language.Choose(" : un identifiant, comme 0192d3a4-5b6c-7d8e-9f00-112233445566", ": an id, such as 0192d3a4-5b6c-7d8e-9f00-112233445566"),
        var one when one == typeof(int) || one == typeof(long) => Language.Choose(" : un nombre entier", ": a whole number"),
        var one when one == typeof(bool) => Language.Choose(" : `true` ou `false`", ": `true` or `false`"),
        var one when one == typeof(string) => Language.Choose(" : un texte", ": a text"),
        _ => "",
    };
}
