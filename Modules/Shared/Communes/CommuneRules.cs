using FluentValidation;

namespace MilleCafes.Shared.Communes;

/// <summary>Filters by place: one that names no place is an error, not an empty list.</summary>
public static class CommuneRules
{
    /// <summary>Refuses what has not the form of an INSEE code.</summary>
    public static IRuleBuilderOptions<T, string?> IsInseeCode<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty().Matches(@"^([0-9]{2}|2[ABab])[0-9]{3}\z");

    /// <summary>Refuses a code that leads to no commune.</summary>
    public static IRuleBuilderOptions<T, string?> KnownCommune<T>(this IRuleBuilder<T, string?> rule, CommuneRegistry communes) => rule
        .Must(code => string.IsNullOrWhiteSpace(code) || communes.Find(code) is not null).WithErrorCode("unknown_commune")
        .WithMessage(_ => Language.Choose("Aucune commune ne porte ce code INSEE.", "No commune has this INSEE code."));

    /// <summary>Refuses a code that is no département's.</summary>
    public static IRuleBuilderOptions<T, string?> KnownDepartement<T>(this IRuleBuilder<T, string?> rule, CommuneRegistry communes) => rule
        .Must(code => string.IsNullOrWhiteSpace(code) || communes.FindDepartement(code) is not null).WithErrorCode("unknown_departement")
        .WithMessage(_ => Language.Choose("Aucun département ne porte ce code.", "No département has this code."));
}
