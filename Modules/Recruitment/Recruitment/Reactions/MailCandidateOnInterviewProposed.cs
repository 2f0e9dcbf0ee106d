using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The candidate is mailed the slots, and the link by which they choose one; without an address the team tells them.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCandidateOnInterviewProposedHandler
{
    public static async Task Handle(InterviewProposed message, IDocumentSession session, Mailer mailer, GerantFormSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!mailer.IsConfigured || await session.LoadAsync<Interview>(message.InterviewId, cancellationToken) is not { Status: InterviewStatus.Proposed } interview || interview.Slots.TrueForAll(slot => slot.StartsAt <= time.GetUtcNow())
            || await session.LoadAsync<GerantCandidature>(interview.CandidatureId, cancellationToken) is not { DeletedAt: null, EmailKey: not null } candidature)
        {
            return;
        }

        // What the team writes down afterwards is no choice; when the last slot is over there is nothing left to choose
        var (link, token) = CandidateLink.Make(candidature.Id, LinkPurpose.Interview, interview.Slots.Max(slot => slot.Span.To), time.GetUtcNow(), interview.Id);
        session.Insert(link);
        await mailer.SendAsync(
            candidature.Applicant.Email, "1000 cafés : choisissez un entretien · choose an interview", TextOf(interview, $"{settings.LinkAddress}#entretien/{interview.Id}/{token}"), cancellationToken);
    }

    private static string TextOf(Interview interview, string link) => $"""
        Bonjour,

        Nous aimerions vous rencontrer. Choisissez un de ces créneaux en suivant ce lien :

        {Lines(interview, LocalDays.InFrench)}

          {link}

        —

        Hello,

        We would like to meet you. Choose one of these slots by following the link above:

        {Lines(interview, LocalDays.InEnglish)}
        """;

    private static string Lines(Interview interview, Func<DateTimeOffset, string> written) =>
        string.Join('\n', interview.Slots.Select(slot => $"  {written(slot.StartsAt)}, {slot.Minutes} min · {slot.Place ?? slot.Link}"));
}
