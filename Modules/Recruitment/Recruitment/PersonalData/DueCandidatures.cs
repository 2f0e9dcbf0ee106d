using System.Linq.Expressions;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The candidatures whose time is over at an instant, or so near to it that the candidate is to be told.</summary>
internal static class DueCandidatures
{
    public static IQueryable<GerantCandidature> DueAt(this IQueryable<GerantCandidature> candidatures, RetentionSettings settings, DateTimeOffset instant) =>
        candidatures.Where(IsDue(settings, instant));

    /// <summary>Whether the notice goes out by itself; if not, the team tells them.</summary>
    public static bool IsReachedBy(this GerantCandidature candidature, Mailer mailer) => 
        mailer.IsConfigured && candidature is { EmailKey: not null, StandingRefusal: null or { ForGood: false } };

    // Each half has an index of its own; what ended since is asked for by whoever keeps a copy, and has no term
    private static Expression<Func<GerantCandidature, bool>> IsDue(RetentionSettings settings, DateTimeOffset instant)
    {
        var (silentSince, declinedBefore) = (Before(instant, settings.AfterLastContact - settings.Notice), Before(instant, settings.AfterDecline - settings.Notice));
        var leftBefore = LocalDays.Of(silentSince);
        return candidature =>
            (candidature.LastContactAt <= silentSince && candidature.ConfirmedAt != null
                && (candidature.Stage != GerantStage.InPost || (candidature.Installation != null && candidature.Installation.EndedOn < leftBefore)))
            || (candidature.Stage == GerantStage.Declined && candidature.StageSince <= declinedBefore && !candidature.Consent.KeepsLonger);
    }

    // Any instant may be asked about, the first one too
    public static DateTimeOffset Before(DateTimeOffset instant, TimeSpan span) => instant - DateTimeOffset.MinValue > span ? instant - span : DateTimeOffset.MinValue;
}
