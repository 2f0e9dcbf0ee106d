using System.Linq.Expressions;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The candidatures whose time is over at an instant, or so near to it that the candidate is to be told: each rule has an index in its own order, which knows nothing of what has ended.</summary>
internal sealed class DueCandidatures(RetentionSettings settings, DateTimeOffset instant)
{
    private readonly DateTimeOffset silentSince = Before(instant, settings.AfterLastContact - settings.Notice);
    private readonly DateTimeOffset declinedBefore = Before(instant, settings.AfterDecline - settings.Notice);

    /// <summary>Those that were silent, the longest first.</summary>
    public IQueryable<GerantCandidature> Silent(IQueryable<GerantCandidature> all, Guid after)
    {
        var last = LastKey(silentSince);
        return all.Where(one => one.SilentKey > after && one.SilentKey <= last).OrderBy(one => one.SilentKey);
    }

    /// <summary>Those that were declined and agreed to no more, the first first.</summary>
    public IQueryable<GerantCandidature> Declined(IQueryable<GerantCandidature> all, Guid after)
    {
        var last = LastKey(declinedBefore);
        return all.Where(one => one.DeclinedKey > after && one.DeclinedKey <= last).OrderBy(one => one.DeclinedKey);
    }

    /// <summary>By either rule, or ended: whoever keeps a copy is told of that too.</summary>
    public Expression<Func<GerantCandidature, bool>> IsDueOrEnded()
    {
        var (lastSilent, lastDeclined) = (LastKey(silentSince), LastKey(declinedBefore));
        return one => one.ConfirmedAt != null && (one.DeletedAt != null || one.SilentKey <= lastSilent || one.DeclinedKey <= lastDeclined);
    }

    /// <summary>What the keys say but for a millisecond, and another release may have stored otherwise.</summary>
    public bool Includes(GerantCandidature one) => one.HasTerm && (one.SilentKey == Guid.AllBitsSet ? one.StageSince <= declinedBefore : one.SilentSince <= silentSince);

    private static Guid LastKey(DateTimeOffset instant) => WaitingDocument.KeyOf(instant, Guid.AllBitsSet);

    // Any instant may be asked about, the first one too
    private static DateTimeOffset Before(DateTimeOffset instant, TimeSpan span) => instant - DateTimeOffset.MinValue > span ? instant - span : DateTimeOffset.MinValue;
}

/// <summary>Who of them is told by mail.</summary>
internal static class Reached
{
    /// <summary>Whether the notice goes out by itself; if not, the team tells them.</summary>
    public static bool IsReachedBy(this GerantCandidature candidature, Mailer mailer) =>
        mailer.IsConfigured && candidature is { EmailKey: not null, StandingRefusal: null or { ForGood: false } };
}
