using System.Collections.Immutable;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Funnel;

/// <summary>How a candidature stands at the last stage that it reached.</summary>
internal enum JourneyEnd
{
    Here,
    Declined,
    Withdrawn,
    Erased,
}

/// <summary>How far a candidature came, and how long it stayed at each stage; a decision that was corrected has left no trace.</summary>
/// <param name="Days">For each stage that was left, from the first on, how many days later: days are those of Paris.</param>
/// <param name="Reached">How many stages were reached, the first included.</param>
/// <param name="Reason">Why it was declined; null when that is not known, or it was not.</param>
internal sealed record Journey(ImmutableArray<int> Days, int Reached, JourneyEnd End, DeclineReason? Reason)
{
    /// <summary>Null for what nobody stands by, and for what is counted with the candidature that it became part of.</summary>
    public static Journey? Of(GerantCandidature candidature)
    {
        if (candidature is { ConfirmedAt: null } or { MergedInto: not null })
        {
            return null;
        }

        var (entered, left) = Follow(candidature.Stages);
        IEnumerable<DateOnly> days = (left is { } day ? entered.Append(day) : entered).Select(LocalDays.Of);
        return new(
            [.. days.Zip(days.Skip(1), (from, to) => Math.Max(0, to.DayNumber - from.DayNumber))],
            entered.Count,
            candidature switch
            {
                { Stage: GerantStage.Declined } => JourneyEnd.Declined,
                { Stage: GerantStage.Withdrawn } => JourneyEnd.Withdrawn,
                // Whoever is in post stays there, though nothing is remembered of how they came
                { DeletedAt: not null, Stage: not GerantStage.InPost } => JourneyEnd.Erased,
                _ => JourneyEnd.Here,
            },
            candidature.Stage == GerantStage.Declined ? candidature.Decline?.Reason : null);
    }

    private static (List<DateTimeOffset> Entered, DateTimeOffset? Left) Follow(IEnumerable<StageChange> changes)
    {
        var (entered, left) = (new List<DateTimeOffset>(), (DateTimeOffset?)null);
        foreach (var change in changes)
        {
            if (change.Correction && left is null)
            {
                entered.RemoveAt(entered.Count - 1);
            }
            else if (change.Correction)
            {
                left = null;
            }
            else if (change.To.IsOnPath())
            {
                entered.Add(change.At);
            }
            else
            {
                left = change.At;
            }
        }

        return (entered, left);
    }
}
