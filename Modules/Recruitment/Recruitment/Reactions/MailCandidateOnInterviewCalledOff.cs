using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The candidate is mailed that they are not to come; without an address the team tells them.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCandidateOnInterviewCalledOffHandler
{
    public static async Task Handle(InterviewCalledOff message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (mailer.IsConfigured && await session.LoadAsync<Interview>(message.InterviewId, cancellationToken) is { DeletedAt: null } interview
            && await session.LoadAsync<GerantCandidature>(interview.CandidatureId, cancellationToken) is { DeletedAt: null, EmailKey: not null } candidature)
        {
            await mailer.SendAsync(candidature.Applicant.Email, "1000 cafés : votre entretien n'a pas lieu · your interview is off", TextOf(message), cancellationToken);
        }
    }

    private static string TextOf(InterviewCalledOff message) => $"""
        Bonjour,

        Votre entretien du {LocalDays.InFrench(message.StartsAt)} n'a pas lieu.{(message.Moved ? " Un autre courriel vous propose de nouveaux créneaux." : "")}

        —

        Hello,

        Your interview of {LocalDays.InEnglish(message.StartsAt)} does not take place.{(message.Moved ? " Another mail proposes new slots." : "")}
        """;
}
