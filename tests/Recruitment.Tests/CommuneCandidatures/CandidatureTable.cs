using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>Every state that a candidature can be in, every act, and what comes of each of them in each.</summary>
internal static class CandidatureTable
{
    public static readonly DateTimeOffset Later = Example.Now.AddDays(12);

    private static readonly Guid AskedOpinion = Guid.CreateVersion7(Example.Now);
    private static readonly DateOnly Due = new(2023, 5, 2);
    private static readonly CommuneCandidature Other = Example.Submitted() with { Id = Guid.CreateVersion7(Example.Now.AddDays(-1)) };

    public static readonly Dictionary<string, Func<CommuneCandidature>> States = new()
    {
        ["eligible"] = () => Example.Submitted(),
        ["not eligible"] = Example.NotEligible,
        ["overridden"] = Example.Overridden,
        ["to be corrected"] = () => Example.Submitted().RequestCorrections("Motif", Due, Example.Actor, Example.Now).Value,
        ["with an opinion asked"] = () => Example.Submitted().RequestOpinion(new(AskedOpinion, "Antenne", "Motif", Due, Example.Actor, Example.Now)).Value,
        ["with an opinion given"] = () => States!["with an opinion asked"]().GiveOpinion(AskedOpinion, Advice.Reserved, null, Example.Actor, Example.Now).Value,
        ["to be visited"] = () => Example.Submitted().PlanVisit(Due.AddDays(-1), Example.Actor, Example.Now).Value,
        ["duplicate"] = () => Example.Submitted().Reevaluate(Example.Ground(), Other.Id, Example.Actor, Example.Now).Value,
        ["accepted"] = () => Example.Submitted().Accept(Example.Ground(), false, null, Example.Actor, Example.Now).Value,
        ["declined"] = () => Example.Submitted().Decline("Trop tôt.", Example.Actor, Example.Now).Value,
        ["withdrawn"] = () => Example.Submitted().Withdraw(null, Example.Actor, Example.Now).Value,
        ["merged"] = () => Example.Submitted().MergeInto(Other, "Motif", Example.Actor, Example.Now).Value,
    };

    public static readonly Dictionary<string, Func<CommuneCandidature, Result<CommuneCandidature>>> Acts = new()
    {
        ["accept"] = candidature => candidature.Accept(Example.Ground(), false, null, "key", Later),
        ["decline"] = candidature => candidature.Decline("Motif", "key", Later),
        ["withdraw"] = candidature => candidature.Withdraw("Motif", "key", Later),
        ["override"] = candidature => candidature.OverrideEligibility("Motif", "key", Later),
        ["change facts"] = candidature => candidature.ChangeFacts(candidature.Facts with { OtherShops = 7 }, Example.Ground(), candidature.DuplicateOf, "key", Later),
        ["reevaluate"] = candidature => candidature.Reevaluate(Example.Ground(), candidature.DuplicateOf, "key", Later),
        ["assign"] = candidature => candidature.AssignAntenne(Antenne.SouthEast, "Motif", "key", Later),
        ["request corrections"] = candidature => candidature.RequestCorrections("Motif", Due, "key", Later),
        ["answer corrections"] = candidature => candidature.AnswerCorrections("Motif", "key", Later),
        ["request opinion"] = candidature => candidature.RequestOpinion(new(Guid.CreateVersion7(Later), "Antenne", "Motif", Due, "key", Later)),
        ["give opinion"] = candidature => candidature.GiveOpinion(AskedOpinion, Advice.Favourable, "Motif", "key", Later),
        ["plan visit"] = candidature => candidature.PlanVisit(Due, "key", Later),
        ["report visit"] = candidature => candidature.ReportVisit(Due, "Motif", "key", Later),
        ["reopen"] = candidature => candidature.Reopen("Motif", Example.Ground(), null, "key", Later),
        ["merge"] = candidature => candidature.MergeInto(Other, "Motif", "key", Later),
    };

    public static readonly HashSet<string> WithoutReason =
    [
        "accept", "change facts", "reevaluate", "plan visit", "report visit", "request corrections", "answer corrections", "request opinion", "give opinion",
    ];

    // What an act on an open candidature comes to, unless the state says otherwise
    public static readonly Dictionary<string, string> Usual = Acts.Keys.ToDictionary(act => act, act => act switch
    {
        "accept" => "Accepted",
        "decline" => "Declined",
        "withdraw" => "Withdrawn",
        "merge" => "Merged",
        "override" => "recruitment.candidature_already_eligible",
        "answer corrections" => "recruitment.no_corrections_requested",
        "give opinion" => "recruitment.opinion_unknown",
        "report visit" => "recruitment.no_visit_planned",
        "reopen" => "recruitment.candidature_not_closed",
        _ => "Submitted",
    });

    public static readonly Dictionary<string, (string Act, string Outcome)[]> Otherwise = new()
    {
        ["not eligible"] = [("accept", "recruitment.candidature_not_eligible"), ("override", "Submitted")],
        ["overridden"] = [("override", "Submitted")],
        ["to be corrected"] = [("request corrections", "recruitment.corrections_already_requested"), ("answer corrections", "Submitted")],
        ["with an opinion asked"] = [("give opinion", "Submitted")],
        ["with an opinion given"] = [("give opinion", "recruitment.opinion_already_given")],
        ["to be visited"] = [("report visit", "Submitted")],
        ["duplicate"] = [("accept", "recruitment.candidature_duplicate")],
        ["accepted"] = [.. Acts.Keys.Select(act => (act, "recruitment.candidature_already_accepted"))],
        ["declined"] = [.. Acts.Keys.Select(act => (act, act == "reopen" ? "Submitted" : "recruitment.candidature_already_declined"))],
        ["withdrawn"] = [.. Acts.Keys.Select(act => (act, act == "reopen" ? "Submitted" : "recruitment.candidature_already_withdrawn"))],
        ["merged"] = [.. Acts.Keys.Select(act => (act, "recruitment.candidature_already_merged"))],
    };
}
