using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>What is judged again: on other facts, by another registry, for another commune.</summary>
internal sealed partial record CommuneCandidature
{
    /// <summary>The commune says something else of itself; saying the same again changes nothing.</summary>
    /// <param name="other">The open candidature of the present commune, when there is another.</param>
    public Result<CommuneCandidature> ChangeFacts(CandidatureFacts facts, CandidatureGround ground, Guid? other, string actor, DateTimeOffset now) =>
        Open().Then<CommuneCandidature>(open => open.Facts == facts ? open : open.Note("factsChanged", now, actor).Judge(facts, ground, other, actor, now));

    /// <summary>The team has it judged again by the registry in force.</summary>
    /// <param name="other">The open candidature of the present commune, when there is another.</param>
    public Result<CommuneCandidature> Reevaluate(CandidatureGround ground, Guid? other, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open =>
        open.Note("eligibilityEvaluated", now, actor, null, $"{ground.RegistryYear}").Judge(open.Facts, ground, other, actor, now));

    /// <summary>The settings weigh otherwise than when it was ranked; what is decided keeps what it was decided on.</summary>
    public CommuneCandidature Rank(PriorityWeights weights, DateTimeOffset now)
    {
        if (RankedBy is not { } by || by == weights.Key)
        {
            return this;
        }

        var ranked = Priority.Of(Facts, weights);
        return Note("priorityEvaluated", now, null, null, $"{Priority.Score} → {ranked.Score} ({Priority.Weights} → {ranked.Weights})") with { Priority = ranked };
    }

    /// <summary>What was declined or withdrawn is studied again; what was accepted lives on as a project.</summary>
    /// <param name="other">The open candidature of the commune, which forbids a second one.</param>
    public Result<CommuneCandidature> Reopen(string reason, CandidatureGround ground, Guid? other, string actor, DateTimeOffset now) => Status switch
    {
        CommuneCandidatureStatus.Submitted => CommuneCandidatureErrors.NotClosed,
        CommuneCandidatureStatus.Accepted => CommuneCandidatureErrors.AlreadyAccepted,
        CommuneCandidatureStatus.Merged => CommuneCandidatureErrors.AlreadyMerged,
        _ when other is not null => CommuneCandidatureErrors.AlreadyOpen,
        _ => Become(CommuneCandidatureStatus.Submitted, "reopened", now, actor, reason).Judge(Facts, ground, null, actor, now),
    };

    /// <summary>Goes on as another candidature of the same commune.</summary>
    public Result<CommuneCandidature> MergeInto(CommuneCandidature other, string reason, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open => other switch
    {
        _ when other.Id == Id || other.InseeCode != InseeCode => CommuneCandidatureErrors.NotADuplicate,
        { Status: not (CommuneCandidatureStatus.Submitted or CommuneCandidatureStatus.Accepted) } => CommuneCandidatureErrors.NotADuplicate,
        _ => open.Become(CommuneCandidatureStatus.Merged, "merged", now, actor, reason, $"{other.Id}") with { MergedInto = other.Id, DuplicateOf = null },
    });

    /// <summary>Takes the place of a duplicate, and notes it.</summary>
    public CommuneCandidature Absorb(CommuneCandidature merged, string reason, string actor, DateTimeOffset now) =>
        (this with { DuplicateOf = DuplicateOf == merged.Id ? null : DuplicateOf }).Note("mergedFrom", now, actor, reason, $"{merged.Id}");

    private CommuneCandidature Judge(CandidatureFacts facts, CandidatureGround ground, Guid? other, string actor, DateTimeOffset now)
    {
        var eligibility = Eligibility.Of(ground.Commune, ground.RegistryYear, facts, now);
        var moves = ground.Commune.InseeCode != InseeCode;
        var holds = Override is not null && Overrides.Hold(Eligibility.Unmet, eligibility.Unmet);
        var judged = this with
        {
            InseeCode = ground.Commune.InseeCode,
            CommuneName = ground.Commune.Name,
            Departement = ground.Commune.Departement,
            SentAs = moves ? SentAs ?? new(InseeCode, CommuneName) : SentAs,
            Antenne = AntenneChosen ? Antenne : ground.Antenne,
            Facts = facts,
            Eligibility = eligibility,
            EarlierEligibilities = EarlierEligibilities.Add(Eligibility),
            Priority = Priority.Of(facts, ground.Weights),
            Override = holds ? Override : null,
            DuplicateOf = other,
        };
        judged = moves ? judged.Note("communeMerged", now, actor, null, $"{InseeCode} {CommuneName} → {judged.InseeCode} {judged.CommuneName}") : judged;
        return Override is not null && !holds ? judged.Note("overrideLapsed", now, actor) : judged;
    }
}
