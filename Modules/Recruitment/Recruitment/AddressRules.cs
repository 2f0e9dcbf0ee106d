using FluentValidation;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment;

/// <summary>What is asked of the addresses of pages that others are to follow.</summary>
internal static class AddressRules
{
    /// <summary>Absolute, and over https, when there is one.</summary>
    public static IRuleBuilderOptions<T, string?> SecureAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => string.IsNullOrWhiteSpace(text) || IsAbsolute(text))
        .WithErrorCode("not_an_address").WithMessage(_ => Language.Choose("Il faut une adresse absolue.", "An absolute address is needed."))
        .Must(text => string.IsNullOrWhiteSpace(text) || !IsAbsolute(text) || IsOver("https", text))
        .WithErrorCode("https_required").WithMessage(_ => Language.Choose("L'adresse doit être en https.", "The address must use https."));

    /// <summary>Absolute, and of the Web, when there is one; blanks are none of either.</summary>
    public static IRuleBuilderOptions<T, string?> PublicAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || (IsAbsolute(text) && (IsOver("https", text) || IsOver("http", text))))
        .WithErrorCode("not_an_address").WithMessage(_ => Language.Choose("Il faut une adresse absolue, en http ou https.", "An absolute address is needed, in http or https."));

    private static bool IsAbsolute(string text) => Uri.TryCreate(text, UriKind.Absolute, out _);

    private static bool IsOver(string scheme, string text) => text.StartsWith($"{scheme}://", StringComparison.OrdinalIgnoreCase);
}
