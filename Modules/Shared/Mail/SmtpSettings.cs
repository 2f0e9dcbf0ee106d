using System.Net;
using System.Net.Mail;

namespace MilleCafes.Shared.Mail;

/// <summary>The server that takes our mail: the section <c>Smtp</c> of the configuration.</summary>
/// <param name="Host">Null when there is none: nothing is then mailed.</param>
/// <param name="StartTls">Whether nothing is said before the line is encrypted.</param>
public sealed record SmtpSettings(string? Host, int Port, string? Sender, string? User, string? Password, bool StartTls)
{
    private const int SubmissionPort = 587;

    /// <summary>Reads the section; a server needs a sender.</summary>
    public static SmtpSettings Read(SettingsReader read)
    {
        var settings = new SmtpSettings(
            read.Text("Smtp:Host"),
            read.Number("Smtp:Port", SubmissionPort, 1, IPEndPoint.MaxPort),
            read.Text("Smtp:From"),
            read.Text("Smtp:User"),
            read.Secret("Smtp:Password", _ => true, "", ""),
            read.Choice("Smtp:Security", "startTls", "startTls", "none") == "startTls");
        if (settings.Host is not null && !MailAddress.TryCreate(settings.Sender, out _))
        {
            read.Refuse("Smtp:From doit être l'adresse de l'expéditeur quand Smtp:Host est donné", "Smtp:From must be the sender's address when Smtp:Host is given");
        }

        return settings;
    }
}
