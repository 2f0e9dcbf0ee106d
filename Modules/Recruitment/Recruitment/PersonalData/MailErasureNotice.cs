using System.Globalization;
using System.Net.Mail;
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
    // A mail that is put off is sent again for some hours; then whoever it is for was not told, and the clock begins anew
    private static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    public static async Task Handle(ErasureNoticed message, IDocumentSession session, Mailer mailer, CandidateTerms terms, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(message.CandidatureId, cancellationToken) is not { DeletedAt: null, ErasureNoticedAt: { } noticed } candidature
            || terms.Of(candidature)?.ErasesAt is not { } erases)
        {
            return;
        }

        try
        {
            await mailer.SendAsync(
                candidature.Applicant.Email, "1000 cafés : votre candidature sera effacée · your candidature will be erased", TextOf(LocalDays.Of(erases)), cancellationToken);
        }
        catch (SmtpException refusal) when (Mailer.IsForGood(refusal) || time.GetUtcNow() - noticed >= Patience)
        {
            int? reply = refusal.StatusCode > 0 ? (int)refusal.StatusCode : null;
            session.Change(candidature, candidature.RefuseNotice(reply, Mailer.IsForGood(refusal), time.GetUtcNow()));
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
