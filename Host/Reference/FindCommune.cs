using Carter;
using MediatR;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Host.Reference;

/// <summary>Shows the commune that a code, in use or not, belongs to today.</summary>
internal sealed record FindCommune(string InseeCode) : IRequest<Result<CommuneView>>;

/// <summary>A commune as the API shows it.</summary>
internal sealed record CommuneView(
    [property: Described("Code INSEE de la commune actuelle", "INSEE code of the present commune", Example = "\"25527\"")] string InseeCode,
    [property: Described("Nom officiel", "Official name", Example = "\"Saint-Vit\"")] string Name,
    [property: Described("Code du département", "Code of the département", Example = "\"25\"")] string Departement,
    [property: Described("Nom du département", "Name of the département", Example = "\"Doubs\"")] string DepartementName,
    [property: Described("Nom de la région", "Name of the region", Example = "\"Bourgogne-Franche-Comté\"")] string Region,
    [property: Described("Population municipale en vigueur", "Municipal population in force", Example = "5133")] int Population,
    [property: Described("Vrai au-dessous de 3 500 habitants", "Whether it has fewer than 3,500 residents", Example = "false")] bool Eligible,
    [property: Described("Codes postaux", "Postcodes", Example = "[\"25410\"]")] IReadOnlyList<string> Postcodes,
    [property: Described("Codes qui ne sont plus en usage", "Codes no longer in use", Example = "[\"25069\", \"39012\"]")] IReadOnlyList<string> FormerCodes,
    [property: Described("Année du registre", "Year of the registry", Example = "2026")] int RegistryYear,
    [property: Described("Le code demandé", "The code asked for", Example = "\"39012\"")] string RequestedCode,
    [property: Described("Ce qu'est, ou était, le code demandé", "What the code asked for is, or was", Example = "\"associated\"")] CommuneCodeKind RequestedKind,
    [property: Described("Nom officiel sous le code demandé, s'il en reste un", "Official name under the code asked for, if there still is one", Example = "\"Antorpe\"")] string? RequestedName)
{
    public static CommuneView Of(CommuneMatch match, int registryYear) => new(
        match.Commune.InseeCode,
        match.Commune.Name,
        match.Commune.Departement,
        match.Commune.DepartementName,
        match.Commune.Region,
        match.Commune.Population,
        match.Commune.Eligible,
        match.Commune.Postcodes,
        match.Commune.FormerCodes,
        registryYear,
        match.RequestedCode,
        match.Kind,
        match.RequestedName);
}

internal sealed class FindCommuneEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/reference/communes/{inseeCode}", (
                [Described("Code INSEE, en usage ou non", "INSEE code, in use or not", Example = "\"39012\"")] string inseeCode, ISender sender, CancellationToken token) =>
            sender.Send(new FindCommune(inseeCode), token).ToHttp())
        .Described(nameof(FindCommune), "Lire une commune", "Read a commune")
        .Noted(
            "Le code d'une commune déléguée, associée ou fusionnée répond par la commune dont elle fait partie aujourd'hui.",
            "The code of a commune déléguée, associée or merged answers with the commune that it is part of today.")
        .Answers<CommuneView>()
        .Refuses(CommuneErrors.Unknown)
        .AllowAnonymous();
}

internal sealed class FindCommuneHandler(CommuneRegistry communes) : IRequestHandler<FindCommune, Result<CommuneView>>
{
    public Task<Result<CommuneView>> Handle(FindCommune request, CancellationToken cancellationToken) => Task.FromResult<Result<CommuneView>>(
        communes.Find(request.InseeCode) is { } match ? CommuneView.Of(match, communes.RegistryYear) : CommuneErrors.Unknown);
}
