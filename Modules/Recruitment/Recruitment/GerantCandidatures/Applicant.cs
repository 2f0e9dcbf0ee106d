using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Who wishes to run the café together.</summary>
internal enum ApplicantForm
{
    Person,
    Couple,
    Collective,
}

/// <summary>Who applies, and what they tell of themselves; experience and diploma are shown, never scored.</summary>
/// <param name="Name">Of the person, or of whoever speaks for the couple or the collective.</param>
/// <param name="Others">The names of the others.</param>
/// <param name="InseeCode">The commune of residence.</param>
/// <param name="Departement">Of that commune.</param>
/// <param name="AvailableFrom">The first day they could start.</param>
internal sealed record Applicant(
    ApplicantForm Form, string Name, IReadOnlyList<string> Others, string Email, string? Phone, string InseeCode, string CommuneName, string Departement,
    string Motivation, string? Experience, string? Diploma, DateOnly? AvailableFrom)
{
    /// <summary>Nobody any more.</summary>
    public static readonly Applicant Erased = new(ApplicantForm.Person, "", [], "", null, "", "", "", "", null, null, null);
}

/// <summary>Where a candidature comes from.</summary>
/// <param name="Name">What the candidate says, or the partner or the team for them.</param>
/// <param name="ClientId">The client whose key sent it; null for the public form.</param>
internal sealed record CandidatureSource(string? Name, Guid? ClientId);

/// <summary>Where somebody would run a café, who applies for no offer in particular.</summary>
internal sealed record Wishes(IReadOnlyList<string> Regions, IReadOnlyList<string> Departements, Antenne? Antenne);

/// <summary>What the candidate agreed to, and when.</summary>
/// <param name="Version">Of our own text; for one given elsewhere, how that text is found again.</param>
/// <param name="Text">The text that was shown; null when it is somebody else's.</param>
internal sealed record Consent(string Version, string? Language, string? Text, DateTimeOffset GivenAt);
