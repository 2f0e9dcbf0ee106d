using System.Net.Mail;
using MilleCafes.Host.Platform;

namespace MilleCafes.Host.Mail;

/// <summary>The server that takes our mail: the section <c>Smtp</c> of the configuration.</summary>
/// <param name="StartTls">Whether nothing is said before the line is encrypted.</param>
internal sealed record SmtpSettings(string Host, int Port, string Sender, string? User, string? Password, bool StartTls)
{
    private const int SubmissionPort = 587;

    /// <returns>Null when no server is given: nothing is then mailed.</returns>
    /// <exception cref="InvalidCommandLineException">A setting is not of its form.</exception>
    public static SmtpSettings? From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Smtp");
        if (section["Host"] is not { Length: > 0 } host)
        {
            return null;
        }

        var security = section["Security"] ?? "startTls";
        return new(
            host,
            int.TryParse(section["Port"] ?? $"{SubmissionPort}", out var port) && port is > 0 and < 65_536 ? port : throw Bad("Smtp:Port", "un port (587)", "a port (587)"),
            MailAddress.TryCreate(section["From"], out var from) ? from.ToString() : throw Bad("Smtp:From", "une adresse électronique", "an e-mail address"),
            section["User"],
            section["Password"],
            security is "startTls" or "none" ? security == "startTls" : throw Bad("Smtp:Security", "« startTls » ou « none »", "“startTls” or “none”"));
    }

    private static InvalidCommandLineException Bad(string setting, string french, string english) => new($"{setting} doit être {french}", $"{setting} must be {english}");
}
