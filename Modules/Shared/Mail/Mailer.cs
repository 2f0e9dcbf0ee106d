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
