using Microsoft.OpenApi;

namespace MilleCafes.Host.Explorer;

/// <summary>A group of operations: those of one module.</summary>
internal sealed record Tag(string Segment, string French, string English, string FrenchNote, string EnglishNote);

/// <summary>The modules in the order of a café's life, then what serves them all.</summary>
internal static class Tags
{
    private static readonly Tag[] Ordered =
    [
        new("recruitment", "Recrutement", "Recruitment",
            "De la candidature d'une commune ou d'un café à l'arrivée d'un gérant.",
            "From the candidature of a commune or a café to a gérant in post."),
        new("accompaniment", "Accompagnement", "Accompaniment",
            "Le projet de café, de l'étude de faisabilité au passage de relais.",
            "The café project, from the feasibility study to the next gérant."),
        new("network", "Réseau", "Network",
            "Les cafés, leurs membres, leurs services, leurs partenaires et leurs antennes.",
            "The cafés, their members, their services, their partners and their antennes."),
        new("events", "Événements", "Events",
            "Les rencontres du réseau, les animations, les tournées et les formations.",
            "The network's rencontres, the animations, the tournées and the trainings."),
        new("impact", "Impact", "Impact",
            "Ce que les cafés changent : kilomètres évités, emplois, lien social.",
            "What the cafés change: kilometres saved, jobs, social ties."),
        new("reference", "Référentiel", "Reference",
            "Les communes du registre officiel, fusions comprises.",
            "The communes of the official registry, mergers included."),
        new("webhooks", "Webhooks", "Webhooks",
            "Être prévenu de ce qui arrive : abonnements et envois signés (Standard Webhooks).",
            "Being told of what happens: subscriptions and signed deliveries (Standard Webhooks)."),
        new("access", "Accès", "Access",
            "Les clés, leurs détenteurs et leurs portées.",
            "The keys, their holders and their scopes."),
    ];

    /// <summary>The tag of a path such as <c>v1/recruitment/…</c>; what has no version, such as <c>oauth/token</c>, is about access.</summary>
    public static Tag? Of(string? path) => path?.Trim('/').Split('/') switch
    {
        ["oauth", ..] => Ordered[^1],
        [_, var segment, ..] => Array.Find(Ordered, tag => tag.Segment == segment),
        _ => null,
    };

    public static int Rank(string path) => Of(path) is { } tag ? Array.IndexOf(Ordered, tag) : Ordered.Length;

    /// <summary>The tags that these paths use, in order.</summary>
    public static IEnumerable<OpenApiTag> Used(IEnumerable<string> paths, DocumentLanguage language) => paths
        .Select(Of).OfType<Tag>().Distinct().OrderBy(tag => Array.IndexOf(Ordered, tag))
        .Select(tag => new OpenApiTag
        {
            Name = language.Choose(tag.French, tag.English),
            Description = language.Choose(tag.FrenchNote, tag.EnglishNote),
        });
}
