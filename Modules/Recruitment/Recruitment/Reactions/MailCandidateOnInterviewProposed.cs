using System.Globalization;
using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The candidate is mailed the slots, and the link by which they choose one; without an address the team tells them.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCandidateOnInterviewProposedHandler
{
    public static async Task Handle(InterviewProposed message, IDocumentSession session, Mailer mailer, GerantFormSettings settings, CancellationToken cancellationToken)
    {
        if (!mailer.IsConfigured || await session.LoadAsync<Interview>(message.InterviewId, cancellationToken) is not { Status: InterviewStatus.Proposed } interview
            || await session.LoadAsync<GerantCandidature>(interview.CandidatureId, cancellationToken) is not { DeletedAt: null, EmailKey: not null } candidature)
        {
            return;
        }

        var link = $"{settings.LinkAddress}#entretien/{interview.Id}/{interview.ChoiceToken}";
        await mailer.SendAsync(candidature.Applicant.Email, "1000 cafés : choisissez un entretien · choose an interview", TextOf(interview, link), cancellationToken);
    }

    private static string TextOf(Interview interview, string link) => $"""
        Bonjour,

        Nous aimerions vous rencontrer. Choisissez un de ces créneaux (heure UTC) en suivant ce lien :

        {string.Join('\n', interview.Slots.Select(Line))}

          {link}

        —

        Hello,

        We would like to meet you. Choose one of the slots above (UTC) by following the link.
        """;

    private static string Line(InterviewSlot slot) =>
        string.Create(CultureInfo.InvariantCulture, $"  {slot.StartsAt.UtcDateTime:yyyy-MM-dd HH:mm}, {slot.Minutes} min : {slot.Place ?? slot.Link}");
}
