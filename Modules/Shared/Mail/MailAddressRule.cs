using FluentValidation;

namespace MilleCafes.Shared.Mail;

/// <summary>What is asked of an address wherever one is given, so that none fails only when a mail is due.</summary>
public static class MailAddressRule
{
    /// <summary>Refuses what no mail could be sent to; nothing is well-formed.</summary>
    public static IRuleBuilderOptions<T, string?> MailAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Matches(@"\A([^\s@<>]+@[^\s@<>]+)?\z")
        .Must(email => string.IsNullOrEmpty(email) || System.Net.Mail.MailAddress.TryCreate(email, out _))
        .WithErrorCode("email").WithMessage(_ => Language.Choose("Ce n'est pas une adresse électronique.", "This is no e-mail address."));
}
