using Marten;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The contact of the letter is mailed why the network does not take the commune in, unless it is studied again.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailMairieOnCommuneCandidatureDeclinedHandler
{
    public static async Task Handle(CommuneCandidatureDeclined message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (mailer.IsConfigured
            && await session.LoadAsync<CommuneCandidature>(message.CandidatureId, cancellationToken) is { DeletedAt: null, ContactEmail: { } email, Status: CommuneCandidatureStatus.Declined } candidature
            && candidature.History.FindLast(done => done.Act == "declined") is { Reason: { } reason } declined && declined.At == message.DeclinedAt)
        {
            await mailer.SendAsync(email, "1000 cafés : votre candidature · your candidature", TextOf(candidature, reason), cancellationToken);
        }
    }

    private static string TextOf(CommuneCandidature candidature, string reason) => $"""
        Bonjour,

        Nous ne pouvons pas donner suite à la candidature de {candidature.CommuneName} ({candidature.Departement}) :

        {reason}

        La commune peut candidater de nouveau.

        —

        Hello,

        We cannot go on with the candidature of {candidature.CommuneName} ({candidature.Departement}); the reason is told above.
        The commune may apply again.
        """;
}
