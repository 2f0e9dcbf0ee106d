using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MilleCafes.Tour;

/// <summary>Plays openings as candidatures: looks the commune up, submits, accepts, and waits for what must follow.</summary>
internal sealed class Journey(Partner partner, Receiver receiver, TimeProvider time)
{
    public static readonly IReadOnlyList<string> EventTypes = ["recruitment.commune-candidature.accepted", "accompaniment.project.opened"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollingInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Plays them in order; what follows an acceptance is awaited while the next ones are played.</summary>
    public async IAsyncEnumerable<Outcome> PlayAsync(IEnumerable<Opening> openings, [EnumeratorCancellation] CancellationToken token)
    {
        var played = new List<Task<Outcome>>();
        foreach (var opening in openings)
        {
            played.Add(await PlayAsync(opening, token));
        }

        foreach (var outcome in played)
        {
            yield return await outcome;
        }
    }

    private async Task<Task<Outcome>> PlayAsync(Opening opening, CancellationToken token)
    {
        var found = await partner.SearchCommunesAsync(opening.Commune, opening.Departement, token);
        if (Match(opening.Commune, found.Items) is not { } commune)
        {
            return Task.FromResult(new Outcome(opening, OutcomeKind.Reported) { Closest = found.Suggestions is { Count: > 0 } closest ? closest : found.Items });
        }

        if (await partner.ProjectsAsync(commune.InseeCode, token) is { Count: > 0 } projects)
        {
            return Task.FromResult(new Outcome(opening, OutcomeKind.AlreadyOpened) { Commune = commune, Projects = projects });
        }

        var (submitted, refusal) = await partner.SubmitAsync(Letter(opening, commune), token);
        if (submitted is null)
        {
            var kind = refusal!.Code == "recruitment.candidature_already_open" ? OutcomeKind.AlreadyOpen : OutcomeKind.Refused;
            return Task.FromResult(new Outcome(opening, kind) { Commune = commune, Refusal = refusal });
        }

        var sent = time.GetTimestamp();
        (var accepted, refusal) = await partner.AcceptAsync(submitted.Id, token);
        return accepted is null
            ? Task.FromResult(new Outcome(opening, OutcomeKind.Refused) { Commune = commune, Candidature = submitted, Refusal = refusal })
            : FollowAsync(new Outcome(opening, OutcomeKind.Accepted) { Commune = commune, Candidature = accepted }, sent, token);
    }

    private async Task<Outcome> FollowAsync(Outcome outcome, long sent, CancellationToken token)
    {
        var candidature = outcome.Candidature!.Id;
        var webhooks = EventTypes.Select(type => receiver.ArrivalOf(new(type, candidature))).ToList();
        try
        {
            await Task.WhenAll(webhooks).WaitAsync(Patience, time, token);
        }
        catch (TimeoutException)
        {
            // What has not come by then is counted as missing
        }

        return outcome with
        {
            Projects = await OpenedAsync(outcome.Commune!.InseeCode, candidature, sent, token),
            Webhooks = [.. webhooks.Where(webhook => webhook.IsCompletedSuccessfully).Select(webhook => time.GetElapsedTime(sent, webhook.Result))],
        };
    }

    private async Task<IReadOnlyList<ProjectTold>> OpenedAsync(string inseeCode, Guid candidature, long sent, CancellationToken token)
    {
        using var timer = new PeriodicTimer(PollingInterval, time);
        do
        {
            var projects = await partner.ProjectsAsync(inseeCode, token);
            if (projects.Any(project => project.CandidatureId == candidature))
            {
                return [.. projects.Where(project => project.CandidatureId == candidature)];
            }
        }
        while (time.GetElapsedTime(sent) < Patience && await timer.WaitForNextTickAsync(token));
        return [];
    }

    private static CandidatureSent Letter(Opening opening, CommuneFound commune) => new(
        commune.InseeCode,
        opening.CafeSituation,
        opening.OtherShops,
        opening.CarriedByMayor,
        new(opening.PremisesAvailable, opening.PremisesDescription, opening.SurfaceSquareMetres, opening.HousingForTwo),
        opening.ResidentsInvolved,
        new($"Mairie de {commune.Name}", "Mairie", "mairie@example.org"));

    /// <summary>The one commune of this very name, whatever its case, accents and hyphens; a name that only begins alike is a guess, and not made.</summary>
    internal static CommuneFound? Match(string name, IReadOnlyList<CommuneFound> found) =>
        found.Where(commune => Letters(commune.Name) == Letters(name)).ToList() is [var commune] ? commune : null;

    private static string Letters(string name) => string.Concat(
        name.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD)
            .Where(char.IsLetterOrDigit).Select(letter => char.ToUpper(letter, CultureInfo.InvariantCulture)));
}
