using Marten;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The contact of a café is mailed why the network does not take it in.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCafeOnCafeCandidatureDeclinedHandler
{
    public static async Task Handle(CafeCandidatureDeclined message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (mailer.IsConfigured && await session.LoadAsync<CafeCandidature>(message.CandidatureId, cancellationToken) is { DeletedAt: null, ContactEmail: { } email } candidature
            && candidature.History.FindLast(done => done.Act == "declined") is { Reason: { } reason })
        {
            await mailer.SendAsync(email, "1000 cafés : votre candidature · your candidature", TextOf(candidature, reason), cancellationToken);
        }
    }

    private static string TextOf(CafeCandidature candidature, string reason) => $"""
        Bonjour,

        Nous ne pouvons pas donner suite à la candidature de « {candidature.Facts.CafeName} », à {candidature.CommuneName} ({candidature.Departement}) :

        {reason}

        Le café peut candidater de nouveau.

        —

        Hello,

        We cannot go on with the candidature of “{candidature.Facts.CafeName}” in {candidature.CommuneName} ({candidature.Departement}); the reason is told above.
        The café may apply again.
        """;
}
