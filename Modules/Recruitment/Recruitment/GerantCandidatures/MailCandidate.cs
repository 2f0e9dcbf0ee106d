using Marten;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What a candidate is written about.</summary>
public enum CandidateMail
{
    /// <summary>The link by which they confirm.</summary>
    Confirm,

    /// <summary>That the team now studies it.</summary>
    Confirmed,

    /// <summary>A refusal, or another new stage.</summary>
    Stage,
}

/// <summary>A candidate is to be written to; their address stays in the document.</summary>
/// <param name="At">When what it tells happened.</param>
public sealed record MailCandidate(Guid CandidatureId, CandidateMail Mail, DateTimeOffset At);

/// <summary>Writes to a candidate, if it is still true and they are to be told; the tokens of links are nowhere but in the mail.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCandidateHandler
{
    // As long as candidatures are kept
    private static readonly TimeSpan WithdrawWithin = TimeSpan.FromDays(730);

    public static async Task Handle(MailCandidate message, IDocumentSession session, Mailer mailer, GerantFormSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!mailer.IsConfigured || await session.LoadAsync<GerantCandidature>(message.CandidatureId, cancellationToken) is not { DeletedAt: null } candidature
            || candidature.EmailKey is null || !IsDue(message, candidature, settings))
        {
            return;
        }

        var now = time.GetUtcNow();
        if (message.Mail == CandidateMail.Confirm && candidature.LinkAskedAt != message.At)
        {
            var waiting = candidature;
            candidature = waiting.AskAgain(message.At + settings.ConfirmWithin, message.At);
            session.Change(waiting, candidature);
        }

        var (purpose, until) = message.Mail == CandidateMail.Confirm ? (LinkPurpose.Confirmation, candidature.ConfirmBefore!.Value) : (LinkPurpose.Withdrawal, now + WithdrawWithin);
        string? link = null;
        if (candidature.Stage.IsOnPath())
        {
            var (made, token) = CandidateLink.Make(candidature.Id, purpose, until, now);
            session.Insert(made);
            link = $"{settings.LinkAddress}#{(purpose == LinkPurpose.Confirmation ? "confirmation" : "retrait")}/{candidature.Id}/{token}";
        }

        var (subject, text) = CandidateTexts.Of(message.Mail, candidature, link);
        await mailer.SendAsync(candidature.Applicant.Email, subject, text, cancellationToken);
    }

    private static bool IsDue(MailCandidate message, GerantCandidature candidature, GerantFormSettings settings) => message.Mail switch
    {
        CandidateMail.Confirm => candidature is { ConfirmedAt: null, ConfirmBefore: not null, LinkAskedAt: { } asked } && (asked == message.At || message.At - asked >= settings.ResendAfter),
        CandidateMail.Confirmed => candidature.ConfirmedAt is not null,
        _ => candidature.StageSince == message.At && (candidature.Stage == GerantStage.Declined ? settings.MailDeclined : settings.MailStages),
    };
}
