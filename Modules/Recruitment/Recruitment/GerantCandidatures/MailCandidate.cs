using Marten;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>A candidate asked for the link by which they confirm, now or again.</summary>
public sealed record MailCandidateLink(Guid CandidatureId, DateTimeOffset At);

/// <summary>A candidate is to be told that the team now studies their letter.</summary>
public sealed record MailCandidateConfirmed(Guid CandidatureId, DateTimeOffset At);

/// <summary>A candidate is to be told that a partner handed them on, and what they can do about it.</summary>
public sealed record MailCandidateSent(Guid CandidatureId, DateTimeOffset At);

/// <summary>A candidate is to be told of the stage that they came to then, a refusal included.</summary>
public sealed record MailCandidateStage(Guid CandidatureId, DateTimeOffset At);

/// <summary>Writes to a candidate, if it is still true and they are to be told; the tokens of links are nowhere but in the mail.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailCandidateHandler
{
    // Each contact begins the time anew that a candidature is kept; whatever erases it takes its links out
    private static DateTimeOffset? AsLongAsItIsKept => null;

    // Whoever comes later asks for new ones
    private static readonly TimeSpan OwnDataWithin = TimeSpan.FromDays(30);

    public static async Task Handle(MailCandidateLink message, IDocumentSession session, Mailer mailer, GerantFormSettings settings, CancellationToken cancellationToken)
    {
        if (await FindAsync(message.CandidatureId, session, mailer, cancellationToken) is not { ConfirmedAt: null, LinkAskedAt: { } asked, ConfirmBefore: { } until } candidature)
        {
            return;
        }

        if (asked != message.At)
        {
            if (message.At - asked < settings.ResendAfter)
            {
                return;
            }

            until = message.At + settings.ConfirmWithin;
            session.Change(candidature, candidature.AskAgain(until, message.At));
        }

        var link = Link(candidature, LinkPurpose.Confirmation, until, message.At, session, settings);
        await SendAsync(CandidateTexts.Confirm(link, until), candidature, mailer, cancellationToken);
    }

    public static async Task Handle(MailCandidateConfirmed message, IDocumentSession session, Mailer mailer, GerantFormSettings settings, CancellationToken cancellationToken)
    {
        if (await FindAsync(message.CandidatureId, session, mailer, cancellationToken) is { ConfirmedAt: not null } candidature && candidature.Stage.IsOnPath())
        {
            var link = Link(candidature, LinkPurpose.Withdrawal, AsLongAsItIsKept, message.At, session, settings);
            await SendAsync(CandidateTexts.Confirmed(link, settings.LinkAddress), candidature, mailer, cancellationToken);
        }
    }

    public static async Task Handle(MailCandidateSent message, IDocumentSession session, Mailer mailer, GerantFormSettings settings, CancellationToken cancellationToken)
    {
        if (await FindAsync(message.CandidatureId, session, mailer, cancellationToken) is { } candidature && candidature.Stage.IsOnPath())
        {
            var links = new OwnLinks(LinkTo(LinkPurpose.Withdrawal, AsLongAsItIsKept), LinkTo(LinkPurpose.Copy, message.At + OwnDataWithin), LinkTo(LinkPurpose.Erasure, message.At + OwnDataWithin));
            var partner = candidature.Source.ClientId is { } client ? (await session.LoadAsync<KnownClient>(client, cancellationToken))?.Organisation : null;
            await SendAsync(CandidateTexts.Sent(partner, candidature.Source.Name, candidature.Consent.GivenAt, links), candidature, mailer, cancellationToken);

            string LinkTo(LinkPurpose purpose, DateTimeOffset? until) => Link(candidature, purpose, until, message.At, session, settings);
        }
    }

    public static async Task Handle(MailCandidateStage message, IDocumentSession session, Mailer mailer, GerantFormSettings settings, CancellationToken cancellationToken)
    {
        if (await FindAsync(message.CandidatureId, session, mailer, cancellationToken) is not { } candidature || candidature.StageSince != message.At)
        {
            return;
        }

        // Whoever withdraws by their own link knows it, and whoever never confirmed was never written to of a stage
        if (candidature is { Stage: GerantStage.Declined, Decline: { } decline })
        {
            await (settings.MailDeclined ? SendAsync(CandidateTexts.Declined(decline, candidature.Consent.KeepsLonger, settings.LinkAddress), candidature, mailer, cancellationToken) : Task.CompletedTask);
        }
        else if (candidature.Stage == GerantStage.Withdrawn)
        {
            await (settings.MailDeclined && candidature.ConfirmedAt is not null ? SendAsync(CandidateTexts.Withdrawn(settings.LinkAddress), candidature, mailer, cancellationToken) : Task.CompletedTask);
        }
        else if (settings.MailDeclined && candidature.ConfirmedAt is not null && candidature.Stages[^1] is { Correction: true, From: GerantStage.Declined or GerantStage.Withdrawn })
        {
            await SendAsync(CandidateTexts.Resumed(Link(candidature, LinkPurpose.Withdrawal, AsLongAsItIsKept, message.At, session, settings)), candidature, mailer, cancellationToken);
        }
        else if (settings.MailStages)
        {
            var link = candidature.Stage.LeadsTo(GerantStage.Withdrawn) ? Link(candidature, LinkPurpose.Withdrawal, AsLongAsItIsKept, message.At, session, settings) : null;
            await SendAsync(CandidateTexts.Moved(candidature.Stage, link), candidature, mailer, cancellationToken);
        }
    }

    private static async Task<GerantCandidature?> FindAsync(Guid id, IDocumentSession session, Mailer mailer, CancellationToken token) =>
        mailer.IsConfigured && await session.LoadAsync<GerantCandidature>(id, token) is { DeletedAt: null, EmailKey: not null } found ? found : null;

    private static string Link(GerantCandidature candidature, LinkPurpose purpose, DateTimeOffset? until, DateTimeOffset now, IDocumentSession session, GerantFormSettings settings)
    {
        var (link, token) = CandidateLink.Make(candidature.Id, purpose, until, now);
        session.Insert(link);
        var act = purpose switch { LinkPurpose.Confirmation => "confirmation", LinkPurpose.Copy => "copie", LinkPurpose.Erasure => "effacement", _ => "retrait" };
        return $"{settings.LinkAddress}#{act}/{candidature.Id}/{token}";
    }

    private static Task SendAsync((string Subject, string Text) mail, GerantCandidature candidature, Mailer mailer, CancellationToken token) =>
        mailer.SendAsync(candidature.Applicant.Email, mail.Subject, mail.Text, token);
}
