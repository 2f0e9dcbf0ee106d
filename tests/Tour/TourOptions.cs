namespace MilleCafes.Tour;

/// <summary>What the command line says.</summary>
/// <param name="Url">The host to play against; none to find or start one.</param>
/// <param name="Key">A key that may read and write Recruitment and Accompaniment and manage webhooks.</param>
internal sealed record TourOptions(Uri? Url, string? Key, string Csv, bool English)
{
    public const string Usage = "./run tour [--url http://127.0.0.1:5080] [--key mck_…] [--csv FILE] [--lang fr|en]";

    public static TourOptions Parse(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < arguments.Count; index++)
        {
            var parts = arguments[index].Split('=', 2);
            var value = parts.Length == 2 ? parts[1] : arguments.ElementAtOrDefault(++index);
            if (parts[0] is not ("--url" or "--key" or "--csv" or "--lang") || value is null)
            {
                throw new TourException($"{parts[0]} ? {Usage}");
            }

            given[parts[0]] = value;
        }

        return new(
            given.TryGetValue("--url", out var url) ? ParseUrl(url) : null,
            given.GetValueOrDefault("--key") ?? Environment.GetEnvironmentVariable("MILLECAFES_KEY"),
            given.GetValueOrDefault("--csv") ?? Openings.DefaultFile,
            given.TryGetValue("--lang", out var language) ? IsEnglish(language) : Words.EnvironmentIsEnglish);
    }

    private static Uri ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : throw new TourException($"--url {text} ? {Usage}");

    private static bool IsEnglish(string language) => language switch
    {
        "en" => true,
        "fr" => false,
        _ => throw new TourException($"--lang {language} ? {Usage}"),
    };
}
