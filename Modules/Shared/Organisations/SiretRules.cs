using FluentValidation;

namespace MilleCafes.Shared.Organisations;

/// <summary>What is asked of the numbers of organisations.</summary>
public static class SiretRules
{
    /// <summary>Refuses what cannot be a SIRET; none is fine.</summary>
    public static IRuleBuilderOptions<T, string?> IsSiret<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || Siret.TryParse(text, out _)).WithErrorCode("not_a_siret")
        .WithMessage(_ => Language.Choose(
            "Ce n'est pas un SIRET : quatorze chiffres, dont la clé et celle du SIREN (les neuf premiers) sont justes.",
            "This is no SIRET: fourteen digits, whose key and that of the SIREN (the first nine) are right."));
}
