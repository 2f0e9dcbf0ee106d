using System.Net.Mail;
using Marten;
using MilleCafes.Recruitment.GeranceOffers;
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
            || terms.Of(candidature) is not { ErasesAt: { } erases } term)
        {
            return;
        }

        var offer = candidature.OfferId is { } wanted ? await session.LoadAsync<GeranceOffer>(wanted, cancellationToken) : null;
        try
        {
            await mailer.SendAsync(
                candidature.Applicant.Email, "1000 cafés : votre candidature sera effacée · your candidature will be erased", TextOf(candidature, offer, term.Rule == RetentionRule.Declined, LocalDays.Of(erases)), cancellationToken);
        }
        catch (SmtpException refusal) when (Mailer.IsForGood(refusal) || time.GetUtcNow() - noticed >= Patience)
        {
            int? reply = refusal.StatusCode > 0 ? (int)refusal.StatusCode : null;
            session.Change(candidature, candidature.RefuseNotice(reply, Mailer.IsForGood(refusal), time.GetUtcNow()));
        }
    }

    // What is erased is this candidature and all that came of it; the person may have others
    private static string TextOf(GerantCandidature candidature, GeranceOffer? offer, bool declined, DateOnly day) => $"""
        Bonjour,

        Tout ce que nous savons de vous par votre candidature du {LocalDays.InFrench(LocalDays.Of(candidature.Stages[0].At))}, {(offer is null ? "pour aucun café en particulier" : $"pour le café de {offer.CommuneName} ({offer.Departement})")}, sera effacé le {LocalDays.InFrench(day)}.
        {(declined
            ? "Elle a été refusée, et vous n'avez pas accepté qu'elle soit gardée plus longtemps. Si vous l'acceptez maintenant, dites-le-nous avant cette date."
            : "Nous n'avons plus eu de nouvelles de vous. Si vous souhaitez rester candidat ou candidate, répondez-nous avant cette date.")}
        Sinon, vous n'avez rien à faire. Vos autres candidatures, si vous en avez, ne changent pas.

        —

        Hello,

        All that we know of you by your candidature of {LocalDays.InEnglish(LocalDays.Of(candidature.Stages[0].At))}, {(offer is null ? "for no café in particular" : $"for the café of {offer.CommuneName} ({offer.Departement})")}, will be erased on {LocalDays.InEnglish(day)}.
        {(declined
            ? "It was declined, and you did not agree that it be kept for longer. If you agree now, tell us before that day."
            : "We have not heard from you since. If you wish to remain a candidate, write to us before that day.")}
        If not, there is nothing to do. Your other candidatures, if there are any, do not change.
        """;
}
