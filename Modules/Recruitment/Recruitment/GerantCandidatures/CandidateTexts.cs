using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The links by which somebody goes no further, has a copy of what is known of them, and has it erased.</summary>
internal sealed record OwnLinks(string Withdrawal, string Copy, string Erasure);

/// <summary>What candidates are written: in French, then in English.</summary>
internal static partial class CandidateTexts
{
    private const string French = "fr";
    private const string English = "en";

    public static (string Subject, string Text) Confirm(string link, DateTimeOffset until) => ("1000 cafés : confirmez votre candidature · confirm your candidature", Both(
        $"""
        Une candidature pour tenir un café a été déposée avec votre adresse. Confirmez-la avant le {LocalDays.InFrench(until)} en suivant ce lien :

          {link}

        La première lettre compte : si vous en avez envoyé plusieurs, ou si quelque chose y est faux, répondez à ce courriel une fois que c'est confirmé.
        Si ce n'est pas vous, ne faites rien : tout sera effacé ce jour-là.
        """,
        $"""
        A candidature to run a café was sent with your address. Confirm it before {LocalDays.InEnglish(until)} by following the link above.
        The first letter counts: if you sent several, or something in it is wrong, answer this mail once it is confirmed.
        If it was not you, do nothing: everything will be erased on that day.
        """));

    public static (string Subject, string Text) Confirmed(string link, Uri page) => ("1000 cafés : votre candidature est confirmée · your candidature is confirmed", Both(
        $"""
        Merci ! Votre candidature est confirmée ; l'équipe va l'étudier. Ce lien la retire, à tout moment :

          {link}

        {OwnDataFrench(page)}
        """,
        $"""
        Thank you! Your candidature is confirmed; the team will study it. The link above withdraws it, at any time.

        {OwnDataEnglish(page)}
        """));

    /// <summary>Somebody took it back for them; they may not know.</summary>
    public static (string Subject, string Text) Withdrawn(Uri page) => ("1000 cafés : votre candidature est retirée · your candidature is withdrawn", Both(
        $"""
        Votre candidature pour tenir un café est retirée, comme on nous l'a demandé pour vous. Si ce n'est pas ce que vous voulez, répondez à ce courriel.

        {OwnDataFrench(page)}
        """,
        $"""
        Your candidature to run a café is withdrawn, as we were asked for you. If that is not what you wish, answer this mail.

        {OwnDataEnglish(page)}
        """));

    /// <summary>What was written before, that it goes no further, is true no more.</summary>
    public static (string Subject, string Text) Resumed(string link) => ("1000 cafés : votre candidature suit son cours · your candidature goes on", Both(
        $"""
        Nous vous avions écrit que votre candidature n'allait pas plus loin : ce n'est plus le cas, elle suit de nouveau son cours. Ce lien la retire, à tout moment :

          {link}
        """,
        "We had written to you that your candidature went no further: that is so no longer, it goes on. The link above withdraws it, at any time."));

    /// <param name="source">Where the partner says that they come from.</param>
    public static (string Subject, string Text) Sent(string? partner, string? source, DateTimeOffset consentGivenAt, OwnLinks links) => ("1000 cafés : nous avons reçu votre candidature · we have your candidature", Both(
        $"""
        {(partner is null ? "Un partenaire" : $"« {partner} »")} nous a transmis votre candidature pour tenir un café{(source is null ? "" : $" ({source})")}, avec l'accord que vous lui avez donné le {LocalDays.InFrench(LocalDays.Of(consentGivenAt))}.

        Nous gardons votre nom, votre adresse électronique, votre téléphone, votre lettre et ce que nos échanges y ajouteront : deux ans au plus après le dernier, moins si vous le demandez.

        Retirer votre candidature, à tout moment :

          {links.Withdrawal}

        Recevoir une copie de tout, une fois, pendant trente jours :

          {links.Copy}

        Tout effacer, sans retour, pendant trente jours :

          {links.Erasure}
        """,
        $"""
        {(partner is null ? "A partner" : $"“{partner}”")} handed on to us your candidature to run a café{(source is null ? "" : $" ({source})")}, with the consent that you gave them on {LocalDays.InEnglish(LocalDays.Of(consentGivenAt))}.

        We keep your name, your e-mail address, your telephone, your letter and what we come to say to one another: for two years after the last time at most, for less if you ask for it.
        Of the links above, the first withdraws your candidature, at any time; within thirty days the second gives a copy of it all, once, and the third erases it all for good.
        """));

    public static (string Subject, string Text) Declined(Decline decline, bool keepsLonger, Uri page) => ("1000 cafés : votre candidature · your candidature", Both(
        $"""
        Nous ne pouvons pas donner suite à votre candidature : {TextOf(decline.Reason, French)}
        {decline.Text}

        Vos données sont effacées au plus tard {(keepsLonger ? "deux ans après notre dernier échange" : "trois mois après ce mail")}, et dès que vous le demandez. {OwnDataFrench(page)}
        """,
        $"""
        We cannot go on with your candidature: {TextOf(decline.Reason, English)}
        Your data are erased {(keepsLonger ? "two years after our last exchange" : "three months after this mail")} at the latest, and as soon as you ask for it. {OwnDataEnglish(page)}
        """));

    public static (string Subject, string Text) Moved(GerantStage stage, string? link) => ("1000 cafés : des nouvelles de votre candidature · news of your candidature", Both(
        $"""
        Votre candidature a une nouvelle étape : {NameOf(stage, French)}.{(link is null ? "" : $" Ce lien la retire, à tout moment :\n\n  {link}")}
        """,
        $"""
        Your candidature has a new stage: {NameOf(stage, English)}.{(link is null ? "" : " The link above withdraws it, at any time.")}
        """));

    private static string OwnDataFrench(Uri page) => $"Une copie de ce que nous savons de vous, ou son effacement, se demande ici : {page}";

    private static string OwnDataEnglish(Uri page) => $"A copy of what we know of you, or its erasure, is asked for here: {page}";

    private static string Both(string french, string english) => $"""
        Bonjour,

        {french}

        —

        Hello,

        {english}
        """;
}
