using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The candidate is mailed when and where they are awaited; without an address the team tells them.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCandidateOnInterviewAgreedHandler
{
    public static async Task Handle(InterviewAgreed message, IDocumentSession session, Mailer mailer, TimeProvider time, CancellationToken cancellationToken)
    {
        // What the team writes down afterwards is no news to whoever was there
        if (mailer.IsConfigured
            && await session.LoadAsync<Interview>(message.InterviewId, cancellationToken) is { DeletedAt: null, Status: InterviewStatus.Agreed, Chosen: { } slot } interview && slot.StartsAt > time.GetUtcNow()
            && await session.LoadAsync<GerantCandidature>(interview.CandidatureId, cancellationToken) is { DeletedAt: null, EmailKey: not null } candidature)
        {
            await mailer.SendAsync(candidature.Applicant.Email, "1000 cafés : votre entretien · your interview", TextOf(slot), cancellationToken);
        }
    }

    private static string TextOf(InterviewSlot slot) => $"""
        Bonjour,

        Nous vous attendons {LocalDays.InFrench(slot.StartsAt)}, pour {slot.Minutes} minutes :

          {slot.Place ?? slot.Link}

        Si vous ne pouvez pas venir, répondez à ce courriel.

        —

        Hello,

        We await you on {LocalDays.InEnglish(slot.StartsAt)}, for {slot.Minutes} minutes, as told above.
        If you cannot come, answer this mail.
        """;
}
