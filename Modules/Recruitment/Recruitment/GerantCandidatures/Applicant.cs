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
    string Motivation, string? Experience, string? Diploma, DateOnly? AvailableFrom);

/// <summary>Where a candidature comes from.</summary>
/// <param name="Name">What the candidate says, or the name of the partner that sent it.</param>
/// <param name="ClientId">The partner's client, whose key says it for them; null for the public form.</param>
internal sealed record CandidatureSource(string? Name, Guid? ClientId);
