using Marten;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The contact of a café is mailed that the network takes it in.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCafeOnCafeCandidatureAcceptedHandler
{
    public static async Task Handle(CafeCandidatureAccepted message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (mailer.IsConfigured && await session.LoadAsync<CafeCandidature>(message.CandidatureId, cancellationToken) is { DeletedAt: null, ContactEmail: { } email } candidature)
        {
            await mailer.SendAsync(email, "1000 cafés : votre candidature est acceptée · your candidature is accepted", TextOf(candidature), cancellationToken);
        }
    }

    private static string TextOf(CafeCandidature candidature) => $"""
        Bonjour,

        La candidature de « {candidature.Facts.CafeName} », à {candidature.CommuneName} ({candidature.Departement}), est acceptée : l'équipe revient vers vous pour un premier diagnostic.

        —

        Hello,

        The candidature of “{candidature.Facts.CafeName}” in {candidature.CommuneName} ({candidature.Departement}) is accepted: the team will be in touch about a first diagnosis.
        """;
}
