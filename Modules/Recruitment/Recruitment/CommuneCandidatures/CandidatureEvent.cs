using System.Text.Json;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>What was done to the candidature, by which key, and why when a reason is asked for.</summary>
/// <param name="Actor">Null when it follows from a setting.</param>
/// <param name="Detail">What cannot be read from the act alone, such as a day or a former code; nothing about persons.</param>
internal sealed record CandidatureEvent(string Act, DateTimeOffset At, string? Actor, [property: PersonalData] string? Reason, string? Detail = null)
{
    /// <summary>Whether it is the team's own, and not even its date the mairie's.</summary>
    internal bool IsInternal => Act is "opinionRequested" or "opinionGiven";

    /// <summary>Whether it gives the turn back to the team; all else that is done to a file leaves it where it waits.</summary>
    internal bool GivesTurnBack => Act is "submitted" or "reopened" or "correctionsAnswered" or "opinionGiven" or "visitDone";

    /// <summary>Whether its reason is written for the mairie too, or by it.</summary>
    internal bool TellsReason => Act is "accepted" or "declined" or "withdrawn" or "reopened" or "merged" or "mergedFrom";

    /// <summary>Its detail in the words of the API.</summary>
    internal string? ToldDetail => this switch
    {
        { Act: "antenneAssigned", Detail: CommuneCandidature.Unassigned } => "unassigned",
        { Act: "antenneAssigned" or "opinionGiven", Detail: { } name } => JsonNamingPolicy.CamelCase.ConvertName(name),
        _ => Detail,
    };
}
