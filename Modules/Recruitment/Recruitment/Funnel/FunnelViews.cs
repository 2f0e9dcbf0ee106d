using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Funnel;

/// <summary>By what the funnel is told apart; by stage it always is.</summary>
internal enum FunnelGrouping
{
    Stage,
    Antenne,
    Source,
    Month,
}

internal sealed record FunnelDeclineView(
    [property: Described("Le motif du refus", "The reason of the refusal")] DeclineReason Reason,
    [property: Described("Combien de fois", "How many times", Example = "3")] long Count);

internal sealed record FunnelStageView(
    [property: Described("L'étape", "The stage")] GerantStage Stage,
    [property: Described("Candidatures qui y sont arrivées", "Candidatures that reached it", Example = "120")] long Reached,
    [property: Described("Dont celles qui y sont encore", "Of these, those that are there now", Example = "20")] long Now,
    [property: Described("Dont celles qui sont passées à la suivante", "Of these, those that went on to the next", Example = "70")] long WentOn,
    [property: Described("Dont celles qui y ont été refusées", "Of these, those that were declined there", Example = "18")] long Declined,
    [property: Described("Dont celles qui y ont été retirées", "Of these, those that were withdrawn there", Example = "10")] long Withdrawn,
    [property: Described("Dont celles qui y ont été effacées", "Of these, those that were erased there", Example = "2")] long Erased,
    [property: Described("Nombre médian de jours jusqu'au départ ; nul tant que personne n'en est parti", "Median number of days until they left; null while none has left", Example = "12.5")] double? MedianDays,
    [property: Described("Part de celles qui continuent, parmi celles qui en sont parties ; nulle tant qu'il n'y en a pas", "Share of those that go on, among those that left; null while there are none", Example = "0.7143")] double? GoesOn,
    [property: Described("Les refus, par motif", "The refusals, by reason")] IReadOnlyList<FunnelDeclineView> Declines);

internal sealed record FunnelGroupView(
    [property: Described("L'antenne, avec `by=antenne` ; nulle en Corse et outre-mer", "The antenne, with `by=antenne`; null in Corsica and overseas")] Antenne? Antenne,
    [property: Described("Le client qui les a transmises, avec `by=source`", "The client that sent them, with `by=source`", Example = "null")] Guid? SourceClientId,
    [property: Described("Ce que disent les candidats de leur source, en minuscules, avec `by=source` et `personal-data:read` ; nul quand rien n'est dit", "What candidates say of their source, in lower case, with `by=source` and `personal-data:read`; null when nothing is said", Example = "\"affiche\"")] string? Source,
    [property: Described("Le premier jour du mois de réception, avec `by=month`", "The first day of the month of reception, with `by=month`", Example = "\"2026-03-01\"")] DateOnly? Month,
    [property: Described("Vrai pour le groupe qui réunit les plus petites sources, et sans `personal-data:read` celles que les candidats disent", "Whether the group gathers the smallest sources, and without `personal-data:read` those that candidates tell", Example = "false")] bool Others,
    [property: Described("Candidatures comptées", "Candidatures counted", Example = "40")] long Candidatures,
    [property: Described("Une ligne par étape", "One line a stage")] IReadOnlyList<FunnelStageView> Stages);

/// <summary>How far candidatures come.</summary>
internal sealed record FunnelView(
    [property: Described("Candidatures comptées", "Candidatures counted", Example = "120")] long Candidatures,
    [property: Described("Une ligne par étape, dans l'ordre du parcours", "One line a stage, in the order of the path")] IReadOnlyList<FunnelStageView> Stages,
    [property: Described("Un entonnoir par groupe ; vide avec `by=stage`", "One funnel a group; empty with `by=stage`")] IReadOnlyList<FunnelGroupView> Groups) : ITabular<FunnelRow>
{
    IReadOnlyList<FunnelRow> ITabular<FunnelRow>.Rows => [.. Groups is [] ? Stages.Select(stage => FunnelRow.Of(null, stage)) : Groups.SelectMany(group => group.Stages.Select(stage => FunnelRow.Of(group, stage)))];
}

/// <summary>One stage of one group, as a row of a spreadsheet; without groups, of all.</summary>
internal sealed record FunnelRow(
    Antenne? Antenne, Guid? SourceClientId, string? Source, DateOnly? Month, bool Others, GerantStage Stage,
    long Reached, long Now, long WentOn, long Declined, long Withdrawn, long Erased, double? MedianDays, double? GoesOn)
{
    public static FunnelRow Of(FunnelGroupView? group, FunnelStageView stage) => new(
        group?.Antenne, group?.SourceClientId, group?.Source, group?.Month, group?.Others ?? false, stage.Stage,
        stage.Reached, stage.Now, stage.WentOn, stage.Declined, stage.Withdrawn, stage.Erased, stage.MedianDays, stage.GoesOn);
}
