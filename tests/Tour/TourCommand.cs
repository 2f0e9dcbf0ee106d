namespace MilleCafes.Tour;

/// <summary>The whole tour: finds or starts a host, subscribes, plays, tells.</summary>
internal static class TourCommand
{
    private static readonly Uri UsualUrl = new("http://127.0.0.1:5080");

    /// <returns>The exit code: 0 when every row of the file came to its end.</returns>
    public static async Task<int> RunAsync(TourOptions options, TextWriter output, TimeProvider time, CancellationToken token)
    {
        var words = new Words(options.English);
        var report = new Report(output, words);
        var openings = Openings.Read(options.Csv);
        if (options.Url is { } given && !await Partner.IsReadyAsync(given, token))
        {
            throw new TourException(words.Choose($"aucun hôte prêt à {given}", $"no host is ready at {given}"));
        }

        var running = options.Url ?? (await Partner.IsReadyAsync(UsualUrl, token) ? UsualUrl : null);
        if (running is not null)
        {
            report.Say($"Tournée de {openings.Count} ouvertures contre {running}", $"Tour of {openings.Count} openings against {running}");
            return await PlayAsync(running, options.Key ?? AskKey(words), openings, report, words, time, token) ? 0 : 1;
        }

        report.Say($"Tournée de {openings.Count} ouvertures contre un hôte démarré pour elle", $"Tour of {openings.Count} openings against a host started for it");
        await using var host = await LocalHost.StartAsync(time, token);
        return await PlayAsync(host.Url, host.Key, openings, report, words, time, token) ? 0 : 1;
    }

    private static async Task<bool> PlayAsync(
        Uri url, string key, IReadOnlyList<Opening> openings, Report report, Words words, TimeProvider time, CancellationToken token)
    {
        var started = time.GetTimestamp();
        using var partner = new Partner(url, key, words.Language);
        await using var receiver = await Receiver.StartAsync(time, token);
        var outcomes = await PlayAsync(partner, receiver, openings, report.Line, time, token);
        var totals = Totals.Of(outcomes, receiver.Refused);
        report.Summary(totals, outcomes, time.GetElapsedTime(started));
        return totals.Complete;
    }

    /// <summary>Subscribes, plays every opening, and takes the subscription back.</summary>
    internal static async Task<IReadOnlyList<Outcome>> PlayAsync(
        Partner partner, Receiver receiver, IReadOnlyList<Opening> openings, Action<Outcome> each, TimeProvider time, CancellationToken token)
    {
        var subscription = await partner.SubscribeAsync(receiver.Address, Journey.EventTypes, token);
        receiver.Trust(subscription.Secret ?? throw new TourException("POST /v1/webhooks/subscriptions: no secret"));
        try
        {
            var outcomes = new List<Outcome>();
            await foreach (var outcome in new Journey(partner, receiver, time).PlayAsync(openings, token))
            {
                each(outcome);
                outcomes.Add(outcome);
            }

            return outcomes;
        }
        finally
        {
            await partner.UnsubscribeAsync(subscription.Id, CancellationToken.None);
        }
    }

    private static string AskKey(Words words)
    {
        if (Console.IsInputRedirected)
        {
            throw new TourException(words.Choose(
                "un hôte tourne déjà : donnez sa clé d'administration par --key ou MILLECAFES_KEY, ou arrêtez-le",
                "a host is running: give its administrator key by --key or MILLECAFES_KEY, or stop it"));
        }

        Console.Error.Write(words.Choose("Clé d'administration : ", "Administrator key: "));
        return Console.ReadLine()?.Trim() is { Length: > 0 } key ? key : throw new TourException(words.Choose("il faut une clé", "a key is needed"));
    }
}
