using Marten;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The candidate is mailed that the café does not receive them; without an address the team tells them.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCandidateOnImmersionCancelledHandler
{
    public static async Task Handle(ImmersionCancelled message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (mailer.IsConfigured && await session.LoadAsync<Immersion>(message.ImmersionId, cancellationToken) is { DeletedAt: null } immersion
            && await session.LoadAsync<HostCafe>(immersion.HostCafeId, cancellationToken) is { } cafe
            && await session.LoadAsync<GerantCandidature>(immersion.CandidatureId, cancellationToken) is { DeletedAt: null, EmailKey: not null } candidature)
        {
            await mailer.SendAsync(candidature.Applicant.Email, "1000 cafés : votre immersion n'a pas lieu · your immersion is off", TextOf(message, cafe), cancellationToken);
        }
    }

    private static string TextOf(ImmersionCancelled message, HostCafe cafe) => $"""
        Bonjour,

        Votre immersion ({cafe.Name}, à {cafe.CommuneName}) {LocalDays.InFrench(message.FirstDay, message.LastDay)} n'a pas lieu.

        —

        Hello,

        Your immersion ({cafe.Name}, in {cafe.CommuneName}) {LocalDays.InEnglish(message.FirstDay, message.LastDay)} does not take place.
        """;
}
