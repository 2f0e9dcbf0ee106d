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

    internal bool IsErased => Name.Length == 0;
}

/// <summary>Where a candidature comes from.</summary>
/// <param name="Name">What the candidate says, or the partner or the team for them.</param>
/// <param name="ClientId">The client whose key sent it; null for the public form.</param>
/// <param name="ByTeam">Whether that client is the team's, which is no source.</param>
internal sealed record CandidatureSource([property: PersonalData] string? Name, Guid? ClientId, bool ByTeam = false)
{
    /// <summary>The partner that it comes from.</summary>
    internal Guid? Partner => ByTeam ? null : ClientId;

    /// <summary>Without what somebody wrote, which may name anybody.</summary>
    public CandidatureSource Erase() => this with { Name = null };
}

/// <summary>Where somebody would run a café, who applies for no offer in particular.</summary>
internal sealed record Wishes(IReadOnlyList<string> Regions, IReadOnlyList<string> Departements, Antenne? Antenne);

/// <summary>What the candidate agreed to, and when.</summary>
/// <param name="Version">Of our own text; for one given elsewhere, how that text is found again.</param>
/// <param name="Text">The text that was shown; null when it is somebody else's.</param>
/// <param name="KeepsLonger">Whether they may be remembered after a refusal for as long as others are.</param>
/// <param name="ChangedAt">When they last said anew whether they may; null while what they said with it stands.</param>
internal sealed record Consent(
    [property: PersonalData] string Version, string? Language, [property: PersonalData] string? Text, DateTimeOffset GivenAt, bool KeepsLonger = false, DateTimeOffset? ChangedAt = null)
{
    /// <summary>When they last said whether they may be remembered longer.</summary>
    internal DateTimeOffset ToldAt => ChangedAt ?? GivenAt;

    /// <summary>The same text, and what was said last of how long they are remembered.</summary>
    public Consent Heed(Consent other) => other.ToldAt > ToldAt ? Keep(other.KeepsLonger, other.ToldAt) : this;

    /// <summary>They say anew whether they may be remembered longer.</summary>
    public Consent Keep(bool longer, DateTimeOffset toldAt) => this with { KeepsLonger = longer, ChangedAt = toldAt };

    /// <summary>That it was given, when, and to which of our texts; another's reference to theirs may say anything.</summary>
    public Consent Erase() => this with { Version = Language is null ? "" : Version, Text = null };
}
