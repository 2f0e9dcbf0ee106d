using Marten;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>The contact of the letter is mailed what the mairie is to correct and until when, as long as that is waited for.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailMairieOnCommuneCorrectionsRequestedHandler
{
    public static async Task Handle(CommuneCorrectionsRequested message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (mailer.IsConfigured
            && await session.LoadAsync<CommuneCandidature>(message.CandidatureId, cancellationToken) is { DeletedAt: null, ContactEmail: { } email, ToldWaitingFor: CandidatureWait.Mairie, Corrections: [.., var asked] } candidature
            && asked.AskedAt == message.RequestedAt)
        {
            await mailer.SendAsync(email, "1000 cafés : votre dossier est à compléter · your file is to be completed", TextOf(candidature, asked), cancellationToken);
        }
    }

    private static string TextOf(CommuneCandidature candidature, Correction asked) => $"""
        Bonjour,

        Pour étudier la candidature de {candidature.CommuneName} ({candidature.Departement}), l'équipe vous demande de corriger ou de compléter ceci, d'ici au {LocalDays.InFrench(asked.DueOn)} :

        {asked.What}

        Vous pouvez répondre à ce courriel.

        —

        Hello,

        To study the candidature of {candidature.CommuneName} ({candidature.Departement}), the team asks you to correct or complete what is told above, by {LocalDays.InEnglish(asked.DueOn)}.
        You can answer this mail.
        """;
}
