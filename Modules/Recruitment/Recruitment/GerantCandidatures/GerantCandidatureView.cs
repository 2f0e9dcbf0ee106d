using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>A gérant's candidature as the API shows it.</summary>
internal sealed record GerantCandidatureView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("Où en est la candidature", "Where the candidature stands")] GerantStage Stage,
    [property: Described("Depuis quand", "Since when")] DateTimeOffset StageSince,
    [property: Described("Qui candidate ; absent pour qui ne peut lire les données personnelles, d'une candidature réunie à une autre, et pour une mairie quand elle ne va pas plus loin", "Who applies; left out for those who may not read personal data, of a candidature that was merged into another, and for a mairie once it goes no further")][property: PersonalData] ApplicantView Applicant,
    [property: Described("L'offre à laquelle elle répond ; nulle si elle est spontanée", "The offer that it answers; null when it is spontaneous")] Guid? OfferId,
    [property: Described("Code INSEE de la commune de l'offre", "INSEE code of the offer's commune", Example = "\"12268\"")] string? OfferInseeCode,
    [property: Described("Département de l'offre ; celui du candidat si elle est spontanée", "Département of the offer; the candidate's when it is spontaneous", Example = "\"12\"")] string? Departement,
    [property: Described("Antenne qui la suit ; nulle en Corse et outre-mer", "Antenne that follows it; null in Corsica and overseas")] Antenne? Antenne,
    [property: Described("Où le candidat voudrait tenir un café", "Where the candidate would like to run a café")][property: PersonalData] GerantWishes? Wishes,
    [property: Described("D'où elle vient", "Where it comes from")] CandidatureSourceView Source,
    [property: Described("L'accord donné", "The consent given")] ConsentView Consent,
    [property: Described("Quand elle est arrivée", "When it came")] DateTimeOffset ReceivedAt,
    [property: Described("Quand elle a été confirmée ; nul tant qu'elle ne l'est pas", "When it was confirmed; null while it is not")] DateTimeOffset? ConfirmedAt,
    [property: Described("Dernier contact avec le candidat", "Last contact with the candidate")] DateTimeOffset LastContactAt,
    [property: Described("Le motif du refus ; nul pour un partenaire et une mairie", "The reason of the refusal; null for a partner and a mairie")] DeclineView? Decline,
    [property: Described("La formation suivie", "The training")] TrainingView? Training,
    [property: Described("Le poste pris", "The post taken")] InstallationView? Installation,
    [property: Described("Toutes les étapes, dans l'ordre", "All the stages, in order")] IReadOnlyList<StageChangeView> Stages,
    [property: Described("Ce qui s'est passé d'autre ; pour l'équipe", "What else happened; for the team")] IReadOnlyList<CandidatureActView>? Acts,
    [property: Described("Les candidatures de la même personne réunies à celle-ci ; pour l'équipe", "The same person's candidatures merged into this one; for the team")] IReadOnlyList<AbsorbedCandidatureView>? Absorbed,
    [property: Described("Candidatures de même adresse ou téléphone ; pour l'équipe, à la lecture d'une seule", "Candidatures with the same address or telephone; for the team, when one alone is read")] IReadOnlyList<Guid>? PossibleDuplicates,
    [property: Described("La candidature à laquelle celle-ci a été réunie, dont l'étape est montrée", "The candidature that this one was merged into, whose stage is shown", Example = "null")] Guid? MergedInto)
{
    /// <summary>What this holder is shown: reasons, and what happened beside the stages, are the team's; a mairie is shown persons while they are on the path.</summary>
    public static GerantCandidatureView Of(GerantCandidature one, Holder holder, IReadOnlyList<Guid>? possibleDuplicates = null) => Shown(
        holder.Kind switch
        {
            HolderKind.Partner => one with { Decline = null },
            // Whoever goes no further is presented no more
            HolderKind.Mairie when !one.Stage.IsOnPath() => one with { Applicant = GerantCandidatures.Applicant.Erased, Wishes = null, Source = one.Source.Erase(), Consent = one.Consent.Erase(), Decline = null },
            _ => one,
        },
        holder,
        possibleDuplicates);

    /// <summary>What is left of one that became part of another, at the stage of the one that stayed.</summary>
    public static GerantCandidatureView OfMerged(GerantCandidature ended, GerantCandidature survivor, Holder holder) =>
        Of(survivor.Absorbed.Find(other => other.Id == ended.Id) is { } whole ? ended with { Consent = whole.Consent, Source = whole.Source } : ended, holder) with { Stage = survivor.Stage, StageSince = survivor.StageSince, MergedInto = survivor.Id };

    private static GerantCandidatureView Shown(GerantCandidature one, Holder holder, IReadOnlyList<Guid>? possibleDuplicates) => new(
        one.Id,
        one.Revision,
        one.Stage,
        one.StageSince,
        one.Applicant.IsErased ? null! : ApplicantView.Of(one.Applicant),
        one.OfferId,
        one.OfferInseeCode,
        one.Departement,
        one.Antenne,
        Wished(one.Wishes),
        Sourced(one.Source),
        Consented(one.Consent, one.Source, holder),
        one.Stages[0].At,
        one.ConfirmedAt,
        one.LastContactAt,
        Declined(one.Decline),
        Trained(one.Training),
        Installed(one.Installation),
        [.. one.Stages.Select(change => Change(change, holder.IsStaff))],
        holder.IsStaff ? [.. one.Acts.Select(Act)] : null,
        holder.IsStaff ? [.. one.Absorbed.Select(other => Of(other, holder))] : null,
        holder.IsStaff ? possibleDuplicates : null,
        one.MergedInto);

    private static AbsorbedCandidatureView Of(AbsorbedCandidature one, Holder holder) => new(
        one.Id, one.OfferId, ApplicantView.Of(one.Applicant), Sourced(one.Source), Consented(one.Consent, one.Source, holder), one.Stage,
        [.. one.Stages.Select(change => Change(change, true))], [.. one.Acts.Select(Act)], one.ConfirmedAt,
        Wished(one.Wishes), Declined(one.Decline), Trained(one.Training), Installed(one.Installation));

    private static GerantWishes? Wished(Wishes? wishes) => wishes is null ? null : new(wishes.Regions, wishes.Departements, wishes.Antenne);

    private static DeclineView? Declined(Decline? decline) => decline is null ? null : new(decline.Reason, decline.Text);

    private static TrainingView? Trained(Training? training) => training is null ? null : new(training.SessionId, training.CompletedAt);

    private static InstallationView? Installed(Installation? post) => post is null ? null : new(post.OfferId, post.CafeId, post.InseeCode, post.StartsOn, post.EndedOn);

    private static CandidatureSourceView Sourced(CandidatureSource source) => new(source.Name, source.ClientId);

    private static ConsentView Consented(Consent consent, CandidatureSource source, Holder holder) =>
        new(consent.Version, consent.Language, consent.GivenAt, consent.KeepsLonger, consent.ChangedAt) { IsKnown = consent.Language is not null || source.ClientId == holder.ClientId };

    private static StageChangeView Change(StageChange change, bool whole) =>
        new(change.From, change.To, change.At, whole ? change.Actor : null, whole ? change.Reason : null, change.Correction);

    private static CandidatureActView Act(CandidatureAct act) => new(act.Deed, act.At, act.Actor, act.Reason, act.Other);
}
