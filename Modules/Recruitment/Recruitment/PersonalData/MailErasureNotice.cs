using System.Globalization;
using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>A candidate is to be told that what is known of them will be erased.</summary>
public sealed record ErasureNoticed(Guid CandidatureId) : IActOfNobody;

/// <summary>Writes to the candidate before anything is erased.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailErasureNoticeHandler
{
    public static async Task Handle(ErasureNoticed message, IDocumentSession session, Mailer mailer, CandidateTerms terms, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(message.CandidatureId, cancellationToken) is { DeletedAt: null } candidature && terms.Of(candidature)?.ErasesAt is { } erases)
        {
            await mailer.SendAsync(
                candidature.Applicant.Email, "1000 cafés : votre candidature sera effacée · your candidature will be erased", TextOf(LocalDays.Of(erases)), cancellationToken);
        }
    }

    private static string TextOf(DateOnly day) => $"""
        Bonjour,

        Vous avez été candidat ou candidate à la gérance d'un café du réseau. Sans nouvelles de vous, tout ce que nous savons de vous sera effacé le {day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("fr-FR"))}.
        Si vous souhaitez rester candidat ou candidate, répondez-nous avant cette date. Sinon, vous n'avez rien à faire.

        —

        Hello,

        You applied to run a café of the network. Unless we hear from you, all that we know of you will be erased on {day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}.
        If you wish to remain a candidate, write to us before that day. If not, there is nothing to do.
        """;
}
