using System.Net;
using System.Net.Mail;
using System.Text;

namespace MilleCafes.Shared.Mail;

/// <summary>Sends mail when a server for it is configured.</summary>
public sealed class Mailer(SmtpSettings settings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether a mail goes anywhere.</summary>
    public bool IsConfigured => settings.Host is not null;

    /// <summary>Whether the server will not take this mail for this address another time either.</summary>
    /// <remarks>Its other refusals « for good » are of how we speak to it, or of who we are (RFC 5321, 4.2.1).</remarks>
    public static bool IsForGood(SmtpException refusal) => (int)refusal.StatusCode is >= 550 and < 560;

    /// <summary>Hands a mail over to the server; without one, does nothing.</summary>
    /// <exception cref="SmtpException">The server does not take it now.</exception>
    public async Task SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        if (settings.Host is null)
        {
            return;
        }

        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.StartTls };
        if (settings.User is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, settings.Password);
        }

        if (!MailAddress.TryCreate(to, out _))
        {
            throw new SmtpException(SmtpStatusCode.MailboxNameNotAllowed, "There is no such address.");
        }

        using var mail = new MailMessage(settings.Sender!, to, subject, text) { SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(mail, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SmtpException($"{settings.Host} did not take the mail in time.");
        }
        catch (SmtpException refused)
        {
            // What a server says of an address is about somebody, and would stay in logs and dead letters
            var cause = refused.InnerException is { } inner and not SmtpException ? $" ({inner.Message})" : "";
            throw new SmtpException(refused.StatusCode, $"{settings.Host} did not take the mail: {refused.StatusCode}{cause}.");
        }
    }
}
