using Marten;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The candidate is mailed which café receives them, and when; without an address the team tells them.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCandidateOnImmersionBookedHandler
{
    public static Task Handle(ImmersionBooked message, IDocumentSession session, Mailer mailer, TimeProvider time, CancellationToken cancellationToken) =>
        TellAsync(message.ImmersionId, session, mailer, time, cancellationToken);

    public static Task Handle(ImmersionToTellAnew message, IDocumentSession session, Mailer mailer, TimeProvider time, CancellationToken cancellationToken) =>
        TellAsync(message.ImmersionId, session, mailer, time, cancellationToken);

    private static async Task TellAsync(Guid id, IDocumentSession session, Mailer mailer, TimeProvider time, CancellationToken cancellationToken)
    {
        // What the team writes down afterwards is no news to whoever was there
        if (mailer.IsConfigured
            && await session.LoadAsync<Immersion>(id, cancellationToken) is { DeletedAt: null, Status: ImmersionStatus.Booked } immersion && immersion.LastDay >= time.Today()
            && await session.LoadAsync<HostCafe>(immersion.HostCafeId, cancellationToken) is { } cafe
            && await session.LoadAsync<GerantCandidature>(immersion.CandidatureId, cancellationToken) is { DeletedAt: null, EmailKey: not null } candidature)
        {
            await mailer.SendAsync(candidature.Applicant.Email, "1000 cafés : un café vous accueille · a café receives you", TextOf(immersion, cafe), cancellationToken);
        }
    }

    private static string TextOf(Immersion immersion, HostCafe cafe) => $"""
        Bonjour,

        {cafe.Name}, à {cafe.CommuneName} ({cafe.Departement}), vous accueille {LocalDays.InFrench(immersion.FirstDay, immersion.LastDay)}.
        Si vous ne pouvez pas venir, répondez à ce courriel.

        —

        Hello,

        {cafe.Name}, in {cafe.CommuneName} ({cafe.Departement}), receives you {LocalDays.InEnglish(immersion.FirstDay, immersion.LastDay)}.
        If you cannot come, answer this mail.
        """;
}
