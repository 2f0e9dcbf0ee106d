using Marten;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The contact of the letter is mailed that the network takes the commune in.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailMairieOnCommuneCandidatureAcceptedHandler
{
    public static async Task Handle(CommuneCandidatureAccepted message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (mailer.IsConfigured
            && await session.LoadAsync<CommuneCandidature>(message.CandidatureId, cancellationToken) is { DeletedAt: null, ContactEmail: { } email } candidature)
        {
            await mailer.SendAsync(email, "1000 cafés : votre candidature est acceptée · your candidature is accepted", TextOf(candidature), cancellationToken);
        }
    }

    private static string TextOf(CommuneCandidature candidature) => $"""
        Bonjour,

        La candidature de {candidature.CommuneName} ({candidature.Departement}) est acceptée : un projet de café s'y ouvre. L'équipe revient vers vous pour la suite.

        —

        Hello,

        The candidature of {candidature.CommuneName} ({candidature.Departement}) is accepted: a café project opens there. The team will be in touch about what comes next.
        """;
}
