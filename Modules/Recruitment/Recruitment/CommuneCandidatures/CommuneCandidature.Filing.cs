using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Which antenne studies it, and who says so.</summary>
internal sealed partial record CommuneCandidature
{
    /// <summary>The département and its antenne; null once the team has chosen one.</summary>
    public string? FiledUnder => AntenneChosen ? null : Filing.Of(Departement, Antenne);

    /// <summary>Another antenne has the département now; the one that the team has chosen stays.</summary>
    public CommuneCandidature File(Antennes antennes) => AntenneChosen ? this : this with { Antenne = antennes.Of(Departement) };
}
