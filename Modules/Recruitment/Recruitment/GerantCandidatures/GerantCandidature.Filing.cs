using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Which antenne follows it, and who says so.</summary>
internal sealed partial record GerantCandidature
{
    /// <summary>Whether the antenne was the one wished for, kept when the wishes are not; null in what was erased before that was kept.</summary>
    public bool? AntenneWished { get; init; }

    /// <summary>The département and its antenne; null for one that was wished for.</summary>
    public string? FiledUnder => Departement is { } departement && !HasWishedAntenne ? Filing.Of(departement, Antenne) : null;

    // Of one whose wishes nobody knows any more, it stays where it is
    private bool HasWishedAntenne => OfferId is null && (AntenneWished ?? (Wishes is { } wishes ? wishes.Antenne is not null : DeletedAt is not null));

    /// <summary>Another antenne has the département now; the one that the candidate wished for stays.</summary>
    public GerantCandidature File(Antennes antennes) => HasWishedAntenne ? this : this with { Antenne = antennes.Of(Departement) };
}
