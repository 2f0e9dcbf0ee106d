using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

/// <summary>What savoir-être is seen by: a closed list, the same for every candidate.</summary>
internal enum Behaviour
{
    Listening,
    KeepsTheirWord,
    Initiative,
    CalmUnderPressure,
    Warmth,
    WorksWithOthers,
}

internal static class Behaviours
{
    public static readonly IReadOnlyList<Behaviour> All = Enum.GetValues<Behaviour>();

    /// <summary>The behaviour in the words of whoever observes it.</summary>
    public static string TextOf(Behaviour behaviour) => behaviour switch
    {
        Behaviour.Listening => Language.Choose("Écoute avant de répondre", "Listens before answering"),
        Behaviour.KeepsTheirWord => Language.Choose("Fait ce qui a été dit", "Does what was said"),
        Behaviour.Initiative => Language.Choose("Propose et entreprend", "Proposes and sets about it"),
        Behaviour.CalmUnderPressure => Language.Choose("Garde son calme dans le coup de feu", "Stays calm in the rush"),
        Behaviour.Warmth => Language.Choose("Accueille chacun avec chaleur", "Welcomes everyone warmly"),
        _ => Language.Choose("Travaille avec les autres", "Works with others"),
    };
}
