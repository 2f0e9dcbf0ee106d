using Marten;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The contact of the letter is mailed that the commune's candidature is studied again, unless it has been answered since.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailMairieOnCommuneCandidatureReopenedHandler
{
    public static async Task Handle(CommuneCandidatureReopened message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (mailer.IsConfigured
            && await session.LoadAsync<CommuneCandidature>(message.CandidatureId, cancellationToken) is { DeletedAt: null, ContactEmail: { } email, Status: CommuneCandidatureStatus.Submitted } candidature)
        {
            await mailer.SendAsync(email, "1000 cafés : votre candidature · your candidature", TextOf(candidature), cancellationToken);
        }
    }

    // Why it is reopened is a note of the team's
    private static string TextOf(CommuneCandidature candidature) => $"""
        Bonjour,

        Nous étudions de nouveau la candidature de {candidature.CommuneName} ({candidature.Departement}) ; la réponse d'avant ne vaut plus.

        —

        Hello,

        We study the candidature of {candidature.CommuneName} ({candidature.Departement}) again; what was answered before holds no longer.
        """;
}
