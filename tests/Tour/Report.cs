using System.Globalization;

namespace MilleCafes.Tour;

/// <summary>What the whole tour came to.</summary>
internal sealed record Totals(int Accepted, int Reported, int Others, int Projects, int Webhooks, int Refused)
{
    /// <summary>Each accepted candidature has its one project and its two webhooks, and every other row was told.</summary>
    public bool Complete => Accepted > 0 && Others == 0 && Projects == Accepted && Webhooks == Accepted * Journey.EventTypes.Count && Refused == 0;

    public static Totals Of(IReadOnlyList<Outcome> outcomes, int refused) => new(
        outcomes.Count(outcome => outcome.Kind == OutcomeKind.Accepted),
        outcomes.Count(outcome => outcome.Kind == OutcomeKind.Reported),
        outcomes.Count(outcome => outcome.Kind is not (OutcomeKind.Accepted or OutcomeKind.Reported)),
        outcomes.Where(outcome => outcome.Kind == OutcomeKind.Accepted).Sum(outcome => outcome.Projects.Count),
        outcomes.Sum(outcome => outcome.Webhooks.Count),
        refused);
}

/// <summary>Writes the tour down: one line per opening, then the totals.</summary>
internal sealed class Report(TextWriter output, Words words)
{
    public void Say(string french, string english) => output.WriteLine(words.Choose(french, english));

    public void Line(Outcome outcome)
    {
        var opening = outcome.Opening;
        var month = DateOnly.ParseExact(opening.Month, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMMM", words.Culture);
        var name = $"{outcome.Commune?.Name ?? opening.Commune} ({opening.Departement})";
        output.WriteLine($"{month,-9}  {name,-32}  {Story(outcome)}");
    }

    public void Summary(Totals totals, IReadOnlyList<Outcome> outcomes, TimeSpan elapsed)
    {
        output.WriteLine();
        output.WriteLine(string.Join(", ", Parts(totals)));
        var latencies = outcomes.SelectMany(outcome => outcome.Webhooks).Order().ToList();
        var seconds = elapsed.TotalSeconds.ToString("F1", words.Culture);
        if (latencies.Count == 0)
        {
            Say($"en {seconds} s", $"in {seconds} s");
            return;
        }

        var (median, late) = (Milliseconds(Quantile(latencies, 0.5)), Milliseconds(Quantile(latencies, 0.95)));
        Say($"en {seconds} s ; de l'envoi de l'acceptation au webhook vérifié : médiane {median} ms, p95 {late} ms",
            $"in {seconds} s; from sending the acceptance to the verified webhook: median {median} ms, p95 {late} ms");
    }

    /// <summary>The smallest value that the given share of all values does not exceed.</summary>
    internal static TimeSpan Quantile(IReadOnlyList<TimeSpan> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];

    private string Story(Outcome outcome)
    {
        var population = outcome.Commune is { } commune
            ? words.Choose($"{Number(commune.Population),6} hab. ", $"{Number(commune.Population),6} inh. ")
            : "";
        return outcome.Kind switch
        {
            OutcomeKind.Accepted => $"{population} score {outcome.Candidature!.Priority.Score,3}  {words.Choose("acceptée", "accepted")}  {Consequences(outcome)}",
            OutcomeKind.Reported => words.Choose("signalée : aucune commune de ce nom dans le département", "reported: no commune of this name in the département")
                + (outcome.Closest.Count == 0 ? "" : words.Choose(" ; noms les plus proches : ", "; closest names: ") + string.Join(", ", outcome.Closest.Select(close => close.Name))),
            OutcomeKind.AlreadyOpened => population + words.Choose("a déjà un projet : ", "already has a project: ") + string.Join(", ", outcome.Projects.Select(project => Short(project.Id))),
            OutcomeKind.AlreadyOpen => population + words.Choose("a déjà une candidature en cours", "already has an open candidature"),
            _ => $"{population}{words.Choose("refusée par l'API", "refused by the API")}: {(int)outcome.Refusal!.Status} {outcome.Refusal.Code}: {outcome.Refusal.Detail}",
        };
    }

    private string Consequences(Outcome outcome)
    {
        var project = outcome.Projects switch
        {
            [] => words.Choose("PROJET ABSENT", "NO PROJECT"),
            [var only] => words.Choose($"projet …{Short(only.Id)}", $"project …{Short(only.Id)}"),
            var many => words.Choose($"{many.Count} PROJETS", $"{many.Count} PROJECTS"),
        };
        return $"{project}  {outcome.Webhooks.Count}/{Journey.EventTypes.Count} {words.Choose("webhooks vérifiés", "webhooks verified")}";
    }

    private IEnumerable<string> Parts(Totals totals)
    {
        yield return Many(totals.Accepted, "acceptée", "acceptées", "accepted");
        yield return Many(totals.Reported, "signalée", "signalées", "reported");
        if (totals.Others > 0)
        {
            yield return Many(totals.Others, "autre (voir ci-dessus)", "autres (voir ci-dessus)", "otherwise (see above)");
        }

        yield return Many(totals.Projects, "projet", "projets", totals.Projects == 1 ? "project" : "projects");
        yield return Many(totals.Webhooks, "webhook vérifié", "webhooks vérifiés", totals.Webhooks == 1 ? "webhook verified" : "webhooks verified")
            + $" ({Many(totals.Refused, "refusé", "refusés", "refused")})";
    }

    private string Many(int count, string frenchOne, string frenchMany, string english) =>
        $"{count} {words.Choose(count < 2 ? frenchOne : frenchMany, english)}";

    private string Number(int count) => count.ToString("N0", words.Culture);

    private string Milliseconds(TimeSpan span) => span.TotalMilliseconds.ToString("F0", words.Culture);

    // The first half of a UUIDv7 is its time, the same for all: the end tells projects apart
    private static string Short(Guid id) => id.ToString()[^8..];
}
