using System.Collections;
using System.Reflection;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.PersonalData;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using Xunit;

namespace MilleCafes.Recruitment.Tests.PersonalData;

/// <summary>Whatever is kept of a candidate is in the copy that they can have: each member of each document is shown there, or stands here with the reason why it is not.</summary>
public sealed class CandidateCopyTests
{
    private static readonly (Type Document, string Place)[] Documents =
    [
        (typeof(GerantCandidature), "Candidature"), (typeof(Scorecard), "Scorecards"), (typeof(Interview), "Interviews"), (typeof(Immersion), "Immersions"), (typeof(Presentation), "Presentations"),
    ];

    // What is shown elsewhere, or by another name
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["Candidature/Consent/Text"] = "ConsentText",
        ["Candidature/Absorbed/Consent/Text"] = "MergedConsentTexts/ConsentText",
        ["Candidature/ErasureNoticedAt"] = "ErasureNoticedAt",
        ["Candidature/ErasureNoticeRefused/At"] = "ErasureNoticeRefusedAt",
        ["Scorecards/Decided"] = "Candidature/Stage",
        ["Candidature/PresentedIn"] = "Presentations/InseeCode",
        ["Candidature/ShownIn"] = "Presentations/InseeCode",
        ["Candidature/HiddenFrom/InseeCode"] = "Presentations/InseeCode",
        ["Candidature/HiddenFrom/At"] = "Candidature/Stages/At",
        ["Presentations/Hidden/InseeCode"] = "Presentations/InseeCode",
        ["Presentations/Hidden/At"] = "Candidature/Stages/At",
        ["Scorecards/OpenedAt"] = "Candidature/Stages/At",
        ["Candidature/Absorbed/LastContactAt"] = "Candidature/Absorbed/Acts/At",
        ["Scorecards/Observers/ReplacedBy/ObserverId"] = "Scorecards/Observers/ReplacedBy",
        ["Scorecards/Observers/ReplacedBy/Reason"] = "Scorecards/Observers/ReplacedBecause",
        ["Candidature/AntenneWished"] = "Candidature/Wishes/Antenne",
        ["Presentations/Left"] = "Candidature/Stage",
        ["Scorecards/Left"] = "Candidature/Stage",
        ["Immersions/Left"] = "Candidature/Stage",
        ["Presentations/SelectedAt"] = "Candidature/Stages/At",
        ["Presentations/TakenBack"] = "Candidature/Stages/Correction",
    };

    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["Candidature/ConfirmBefore"] = "of the link in a mail, and nothing once it was followed",
        ["Candidature/LinkAskedAt"] = "of the link in a mail",
        ["Candidature/AntenneWished"] = "follows from the wishes, and is kept in their place once there is no copy",
        ["Candidature/ErasedAt"] = "there is no copy then",
        ["Candidature/ErasureNoticeRefused/Reply"] = "of the mail server",
        ["Candidature/ErasureNoticeRefused/ForGood"] = "of the mail server",
        ["Candidature/Source/ByTeam"] = "of the client that sent it",
        ["Candidature/Absorbed/Source/ByTeam"] = "of the client that sent it",
        ["Scorecards/Observers/ReplacedBy/Actor"] = "of the team's work",
        ["Scorecards/Observers/ReplacedBy/At"] = "of the team's work",
        ["Immersions/HostClientId"] = "of the café",
        ["Candidature/HiddenFrom/Revision"] = "of what a mairie that keeps a copy is told",
        ["Presentations/Hidden/Revision"] = "of what a mairie that keeps a copy is told",
    };

    // Of every document: what follows from the candidature, or is for the indexes and the store
    private static readonly string[] OfAll = ["UpdatedAt", "DeletedAt", "Settled", "DerivedVersion", "Departement", "Antenne", "MergedFrom"];

    private static readonly HashSet<string> Copied = [.. PathsOf(typeof(CandidateCopyView), "", stored: false)];

    [Fact]
    public void Each_member_that_is_kept_of_a_candidate_is_in_the_copy_or_left_out_for_a_reason()
    {
        var kept = Kept().ToList();
        Assert.True(kept.Count > 80, $"{kept.Count} members");
        Assert.Empty(kept.Except(Copied).Except(Elsewhere.Keys).Except(LeftOut.Keys));
    }

    [Fact]
    public void What_is_said_to_be_left_out_or_elsewhere_is_kept_and_so()
    {
        Assert.Empty(Elsewhere.Keys.Concat(LeftOut.Keys).Except(Kept()));
        Assert.Empty(Elsewhere.Keys.Concat(LeftOut.Keys).Intersect(Copied));
        Assert.Empty(Elsewhere.Values.Except(Copied));
    }

    private static IEnumerable<string> Kept() => Documents.SelectMany(one => PathsOf(one.Document, one.Place, stored: true))
        .Where(path => !OfAll.Contains(path.Split('/', 2)[^1]) || path is "Candidature/Departement" or "Candidature/Antenne");

    // What is computed follows from the rest
    private static IEnumerable<string> PathsOf(Type type, string place, bool stored)
    {
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => !stored || member.SetMethod is not null))
        {
            var (path, of) = (place.Length == 0 ? member.Name : $"{place}/{member.Name}", ItemOf(member.PropertyType));
            if (of.IsEnum || of.Namespace?.StartsWith("MilleCafes.Recruitment", StringComparison.Ordinal) != true)
            {
                yield return path;
                continue;
            }

            foreach (var inner in PathsOf(of, path, stored))
            {
                yield return inner;
            }
        }
    }

    private static Type ItemOf(Type type) => Nullable.GetUnderlyingType(type) is { } value ? value
        : type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : type;
}
