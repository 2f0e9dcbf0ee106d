using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>One document of a candidature; what it says of persons is left out for those who may not read it, as a request may not.</summary>
internal sealed record CommuneAttachmentView(
    [property: Described("Ce que c'est", "What it is", Example = "\"Délibération du conseil\"")][property: PersonalData] string Title,
    [property: Described("Où le lire, en https", "Where to read it, over https", Example = "\"https://mairie.example.org/deliberation.pdf\"")][property: PersonalData] string Url);

/// <summary>What came into the questionnaire after its first version.</summary>
internal sealed record CommuneAnswersView(
    [property: Described("Jour où ferme un café menacé", "Day on which a threatened café closes")] DateOnly? CafeClosesOn,
    [property: Described("Jour de la délibération du conseil", "Day on which the council deliberated", Example = "\"2023-02-10\"")] DateOnly? DeliberatedOn,
    [property: Described("Les autres commerces par genre", "The other shops by kind", Example = "[]")] IReadOnlyList<CandidatureShops> Shops,
    [property: Described("Ce que les habitants ont fait", "What residents did")] CandidatureResidents? Residents,
    [property: Described("Pièces, par leurs liens", "Documents, by their links")] IReadOnlyList<CommuneAttachmentView> Attachments)
{
    public static CommuneAnswersView Of(CandidatureFacts facts) => new(
        facts.CafeClosesOn,
        facts.DeliberatedOn,
        [.. facts.Shops.Select(shops => new CandidatureShops(shops.Kind, shops.Count))],
        facts.Involvement is { } done ? new(done.Collective, done.SurveyAnswers, done.PetitionSignatures, done.Description) : null,
        [.. facts.Attachments.Select(attachment => new CommuneAttachmentView(attachment.Title, attachment.Url))]);

    public static CandidaturePremises PremisesOf(Premises premises) => new(
        premises.Available, premises.Description, premises.SurfaceSquareMetres, premises.HousingForTwo, premises.Address, premises.State,
        premises.ComplianceWorks, premises.AvailableFrom, premises.MonthlyRentCents, premises.MonthlyRentCents is null ? null : "EUR");
}

internal sealed record CommuneWaitView(
    [property: Described("Qui ou quoi est attendu ; un avis, pour l'équipe seulement", "Who or what is waited for; an opinion, for the team only")] CandidatureWait For,
    [property: Described("Depuis quand", "Since when")] DateTimeOffset? Since,
    [property: Described("Jusqu'à quel jour", "Until which day")] DateOnly? Until)
{
    public static CommuneWaitView Of(CandidatureTurn turn) => new(turn.For, turn.Since, turn.Until);
}

internal sealed record CommuneCorrectionView(
    [property: Described("Ce qu'il faut corriger ou compléter", "What to correct or complete", Example = "\"Il manque la surface du local.\"")][property: PersonalData] string What,
    [property: Described("Dernier jour pour répondre", "Last day to answer")] DateOnly DueOn,
    [property: Described("Instant de la demande", "When it was asked")] DateTimeOffset AskedAt,
    [property: Described("La réponse", "The answer", Example = "\"Le local a 65 m².\"")][property: PersonalData] string? Answer,
    [property: Described("Instant de la réponse", "When it was answered")] DateTimeOffset? AnsweredAt);

[ShownAs(null)]
internal sealed record CommuneOpinionView(
    [property: Described("Identifiant de la demande d'avis", "Id of the request for an opinion")] Guid Id,
    [property: Described("À qui l'avis est demandé", "Whose opinion is asked for", Example = "\"Antenne Occitanie\"")][property: PersonalData] string Whom,
    [property: Described("La question", "The question", Example = "\"Le local convient-il à un bar ?\"")][property: PersonalData] string Question,
    [property: Described("Dernier jour pour répondre", "Last day to answer")] DateOnly DueOn,
    [property: Described("Instant de la demande", "When it was asked")] DateTimeOffset AskedAt,
    [property: Described("Favorable, réservé ou défavorable", "Favourable, reserved or unfavourable")] Advice? Advice,
    [property: Described("L'avis, en toutes lettres", "The opinion, spelled out", Example = "\"Le local est bien placé.\"")][property: PersonalData] string? Text,
    [property: Described("Instant de l'avis", "When it was given")] DateTimeOffset? GivenAt,
    [property: Described("L'antenne à qui l'avis est demandé", "The antenne whose opinion is asked for")] Antenne? Antenne);

internal sealed record CommuneVisitView(
    [property: Described("Jour prévu", "Planned day")] DateOnly PlannedOn,
    [property: Described("Jour où elle a eu lieu", "Day on which it took place")] DateOnly? DoneOn,
    [property: Described("Le compte rendu, pour l'équipe", "The report, for the team", Example = "\"Le local est sain.\"")][property: PersonalData] string? Report);

internal sealed record CommuneSentAsView(
    [property: Described("Code INSEE de la lettre", "INSEE code of the letter", Example = "\"12001\"")] string InseeCode,
    [property: Described("Nom qu'il désignait, s'il est connu", "Name that it stood for, when known", Example = "\"Ancienne commune\"")] string? Name);

/// <summary>How the team studies a candidature.</summary>
internal sealed record CommuneStudyView(
    [property: Described("L'antenne chargée ; aucune pour la Corse et l'outre-mer", "The antenne in charge; none in Corsica and overseas")] Antenne? Antenne,
    [property: Described("Les régions de l'antenne", "The regions of the antenne", Example = "\"Occitanie / Nouvelle-Aquitaine Sud\"")] string? AntenneName,
    [property: Described("Ce que la candidature attend", "What the candidature waits for")] CommuneWaitView Waiting,
    [property: Described("Corrections demandées et réponses", "Corrections requested and answers")] IReadOnlyList<CommuneCorrectionView> Corrections,
    [property: Described("Avis demandés et donnés ; vide pour la mairie", "Opinions asked for and given; empty for the mairie")] IReadOnlyList<CommuneOpinionView> Opinions,
    [property: Described("Visites prévues et faites", "Visits planned and done")] IReadOnlyList<CommuneVisitView> Visits,
    [property: Described("Évaluations précédentes, dans l'ordre", "Earlier evaluations, in order")] IReadOnlyList<EligibilityView> EarlierEligibilities,
    [property: Described("Le code de la lettre, si la commune en a un autre aujourd'hui", "The letter's code, when the commune has another today")] CommuneSentAsView? SentAs,
    [property: Described("L'autre candidature en cours de la même commune", "The other open candidature of the same commune")] Guid? DuplicateOf,
    [property: Described("La candidature à laquelle celle-ci est réunie", "The candidature that this one was merged into")] Guid? MergedInto)
{
    public static CommuneStudyView Of(CommuneCandidature candidature, Holder holder) => new(
        candidature.Antenne,
        candidature.Antenne?.OfficialName(),
        CommuneWaitView.Of(candidature.Turn(holder.IsStaff)),
        [.. candidature.Corrections.Select(asked => new CommuneCorrectionView(asked.What, asked.DueOn, asked.AskedAt, asked.Answer, asked.AnsweredAt))],
        [.. candidature.Opinions.Where(_ => holder.IsStaff).Select(asked => new CommuneOpinionView(asked.Id, asked.Whom, asked.Question, asked.DueOn, asked.AskedAt, asked.Advice, asked.Text, asked.GivenAt, asked.Antenne))],
        [.. candidature.Visits.Select(visit => new CommuneVisitView(visit.PlannedOn, visit.DoneOn, holder.IsStaff ? visit.Report : null))],
        [.. candidature.EarlierEligibilities.Select(earlier => CommuneCandidatureView.EligibilityOf(candidature, earlier))],
        candidature.SentAs is { } sent ? new(sent.InseeCode, sent.Name) : null,
        candidature.DuplicateOf,
        candidature.MergedInto);
}
