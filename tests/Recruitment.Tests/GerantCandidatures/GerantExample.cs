using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

/// <summary>Somebody who would run the café of Sénergues.</summary>
internal static class GerantExample
{
    public const string Actor = "00000000-0000-7000-8000-000000000001";

    public static readonly DateTimeOffset Now = new(2023, 4, 3, 9, 30, 0, TimeSpan.Zero);

    public static readonly Applicant Camille = new(
        ApplicantForm.Person, "Camille Exemple", [], "camille@example.org", "06 39 98 12 34", "12268", "Sénergues", "12", "Faire vivre mon village.", null, null, null);

    public static readonly Consent Consent = new("2026-11", "fr", "J'accepte.", Now);

    public static GerantCandidature Received(bool confirmed = true, Applicant? applicant = null, DateTimeOffset? now = null) => GerantCandidature.Receive(
        Guid.CreateVersion7(Now), applicant ?? Camille, null, null, new("Affiche", null), Consent, Antennes.Usual, confirmed ? null : Now.AddDays(7), now ?? Now);

    /// <summary>One that came to this stage by its own path.</summary>
    public static GerantCandidature At(GerantStage stage, GerantStage left = GerantStage.Studied) => MovedTo(stage, Received(), left);

    /// <summary>One that goes on from where it is to this stage.</summary>
    public static GerantCandidature MovedTo(GerantStage stage, GerantCandidature candidature, GerantStage left = GerantStage.Studied)
    {
        while (candidature.Stage != stage && candidature.Stage != (stage.IsOnPath() ? GerantStage.InPost : left))
        {
            candidature = candidature.MoveTo(candidature.Stage + 1, null, Actor, Now).Value;
        }

        return stage.IsOnPath() ? candidature : candidature.MoveTo(stage, "Motif.", Actor, Now).Value;
    }
}
