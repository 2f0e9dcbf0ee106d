using System.Text.Json.Serialization;
using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Host.Reference;

/// <summary>Finds communes in the official registry, best match first; without a search text, by département and name.</summary>
internal sealed record ListCommunes(
    [property: Described(
        "Nom, début de nom, code postal ou code INSEE ; accents, casse, tirets et articles n'importent pas",
        "Name, start of a name, postcode or INSEE code; accents, case, hyphens and articles do not matter",
        Example = "\"ferreux quincey\"")] string? Search,
    [property: Described("Seulement celles de ce département", "Only those of this département", Example = "\"10\"")] string? Departement,
    [property: Described("Seulement celles de moins de 3 500 habitants, ou les autres", "Only those of fewer than 3,500 residents, or the others")] bool? Eligible,
    [property: Described(
        "Seulement ce qui a changé depuis cet instant, fins comprises (`ended`) : le registre entier prend effet le 1er janvier de son année, à minuit en France ; rien depuis un instant plus récent",
        "Only what has changed since this instant, ends included (`ended`): the whole registry takes effect on 1 January of its year, at midnight in France; nothing since a later instant")] DateTimeOffset? UpdatedSince,
    [property: Described("Éléments par page, de 1 à 200 ; 50 par défaut", "Items a page, from 1 to 200; 50 by default")] int? Limit,
    [property: Described("Curseur donné par la page précédente", "Cursor given by the page before")] string? After) : IRequest<Result<FoundCommunes>>;

/// <summary>A commune as a search shows it.</summary>
internal sealed record FoundCommuneView(
    [property: Described("Code INSEE", "INSEE code", Example = "\"10148\"")] string InseeCode,
    [property: Described("Nom officiel", "Official name", Example = "\"Ferreux-Quincey\"")] string Name,
    [property: Described("Code du département", "Code of the département", Example = "\"10\"")] string Departement,
    [property: Described("Nom du département", "Name of the département", Example = "\"Aube\"")] string DepartementName,
    [property: Described("Nom de la région", "Name of the region", Example = "\"Grand Est\"")] string Region,
    [property: Described("Population municipale en vigueur", "Municipal population in force", Example = "404")] int Population,
    [property: Described("Vrai au-dessous de 3 500 habitants", "Whether it has fewer than 3,500 residents", Example = "true")] bool Eligible,
    [property: Described("Codes postaux", "Postcodes", Example = "[\"10400\"]")] IReadOnlyList<string> Postcodes,
    [property: Described(
        "La commune déléguée ou associée, ou l'arrondissement, dont le nom a répondu à la recherche",
        "The commune déléguée or associée, or the arrondissement, whose name answered the search")] string? MatchedName)
{
    public static FoundCommuneView Of(CommuneHit hit) => new(
        hit.Commune.InseeCode,
        hit.Commune.Name,
        hit.Commune.Departement,
        hit.Commune.DepartementName,
        hit.Commune.Region,
        hit.Commune.Population,
        hit.Commune.Eligible,
        hit.Commune.Postcodes,
        hit.MatchedName);
}

/// <summary>A code that is no commune's any more: by a merger, or a change of département.</summary>
internal sealed record EndedCommuneView(
    [property: Described("Code INSEE qui n'est plus celui d'une commune", "INSEE code that is no commune's any more", Example = "\"01330\"")] string InseeCode,
    [property: Described("Code INSEE de la commune dont elle fait partie aujourd'hui", "INSEE code of the commune that it is part of today", Example = "\"01187\"")] string Successor,
    [property: Described("Nom de cette commune", "Name of that commune", Example = "\"Haut Valromey\"")] string SuccessorName,
    [property: Described(
        "Jour d'effet : celui du premier registre qui n'a plus ce code ; nul pour ce qui a pris fin avant le registre de 2022, où le jour n'est pas connu",
        "Day of effect: that of the first registry without this code; null for what ended before the registry of 2022, where the day is not known", Example = "\"2025-01-01\"")] DateOnly? EndedOn)
{
    public static EndedCommuneView Of(EndedCode code) => new(code.InseeCode, code.Successor.InseeCode, code.Successor.Name, code.On);
}

/// <summary>One page of a search, and what may have been meant when nothing was found.</summary>
internal sealed record FoundCommunes(
    [property: Described("Les éléments de la page", "The items of the page")] IReadOnlyList<FoundCommuneView> Items,
    [property: Described("Curseur de la page suivante, nul sur la dernière", "Cursor of the next page, null on the last one")] string? Next,
    [property: Described(
        "Quand rien ne répond à la recherche : les noms officiels les plus proches, le plus proche d'abord",
        "When nothing answers the search: the closest official names, the closest first", Example = "[]")] IReadOnlyList<FoundCommuneView> Suggestions,
    [property: Described(
        "Année du registre : quand elle n'est plus celle de votre copie, demandez `updatedSince` du 1er janvier de l'année de votre copie",
        "Year of the registry: when it is no longer that of your copy, ask for `updatedSince` of 1 January of your copy's year", Example = "2026")] int RegistryYear,
    [property: Described(
        "Les codes qui ont pris fin, chacun sur la page de la commune dont il fait partie aujourd'hui ; avec `updatedSince` seulement",
        "The codes that have ended, each on the page of the commune that it is part of today; with `updatedSince` only")][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EndedCommuneView>? Ended);

internal sealed class ListCommunesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/reference/communes", ([AsParameters] ListCommunes query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListCommunes), "Chercher une commune", "Search for a commune")
        .Noted(
            "Le registre officiel : INSEE, code officiel géographique et populations en vigueur en 2026, réunis par Etalab (Licence Ouverte 2.0).",
            "The official registry: INSEE, official geographic code and populations in force in 2026, gathered by Etalab (Open Licence 2.0).")
        .Answers<FoundCommunes>()
        .Refuses(CommonErrors.Malformed)
        .AllowAnonymous();
}

internal sealed class ListCommunesValidator : AbstractValidator<ListCommunes>
{
    public ListCommunesValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.Search).MaximumLength(100);
        RuleFor(query => query.Departement).KnownDepartement(communes);
        RuleFor(query => query.Limit).InclusiveBetween(1, Paging.MaximumLimit);
        RuleFor(query => query.After)
            .Must(cursor => cursor is null || communes.Find(cursor) is { Kind: CommuneCodeKind.Current })
            .WithErrorCode("bad_cursor")
            .WithMessage(_ => CommonErrors.BadCursor.Text);
    }
}

internal sealed class ListCommunesHandler(CommuneRegistry communes) : IRequestHandler<ListCommunes, Result<FoundCommunes>>
{
    public Task<Result<FoundCommunes>> Handle(ListCommunes request, CancellationToken cancellationToken)
    {
        if (request.UpdatedSince > communes.EffectiveAt)
        {
            return Task.FromResult<Result<FoundCommunes>>(new FoundCommunes([], null, [], communes.RegistryYear, []));
        }

        var page = communes.Search(request.Search, request.Departement, request.Eligible, request.After, request.Limit ?? Paging.DefaultLimit);
        return Task.FromResult<Result<FoundCommunes>>(new FoundCommunes(
            [.. page.Items.Select(FoundCommuneView.Of)], page.Next, [.. Suggestions(request, page)], communes.RegistryYear, Ended(request, page)));
    }

    private List<EndedCommuneView>? Ended(ListCommunes request, CommunePage page) => request.UpdatedSince is { } since
        ? [.. page.Items.SelectMany(hit => communes.EndedSince(since, hit.Commune)).Select(EndedCommuneView.Of)]
        : null;

    // A guess is shown as one, and never among what was found
    private IEnumerable<FoundCommuneView> Suggestions(ListCommunes request, CommunePage page) =>
        page.Items.Count > 0 || request.After is not null || string.IsNullOrWhiteSpace(request.Search)
            ? []
            : communes.Closest(request.Search, request.Departement)
                .Where(close => request.Eligible is null || close.Commune.Eligible == request.Eligible)
                .Select(close => FoundCommuneView.Of(new(close.Commune, close.Name == close.Commune.Name ? null : close.Name)));
}
