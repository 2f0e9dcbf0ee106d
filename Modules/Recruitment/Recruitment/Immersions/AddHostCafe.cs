using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>A café of the network declares itself ready to receive candidates.</summary>
internal sealed record AddHostCafe(
    [property: Described("Nom du café", "Name of the café", Example = "\"Le café de Sénergues\"")] string? Name,
    [property: Described("Code INSEE de sa commune", "INSEE code of its commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Candidats accueillis le même jour, de 1 à 10", "Candidates taken in on one day, from 1 to 10", Example = "2")] int? CapacityPerDay,
    [property: Described("Langues parlées, en codes ISO 639-1 ; le français sans cela", "Languages spoken, as ISO 639-1 codes; French without it", Example = "[\"fr\", \"en\"]")] IReadOnlyList<string>? Languages = null,
    [property: Described("Le client du gérant dont la clé donne le retour du café", "The gérant's client whose key gives the café's feedback")] Guid? ClientId = null) : IRequest<Result<HostCafeView>>, IHostCafeFacts;

internal sealed class AddHostCafeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/host-cafes", (AddHostCafe body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(cafe => $"/v1/recruitment/host-cafes/{cafe.Id}"))
        .Described(nameof(AddHostCafe), "Ajouter un café d'accueil", "Add a host café")
        .Answers<HostCafeView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, HostCafeErrors.UnknownCommune, KnownClientErrors.Unknown, KnownClientErrors.Disabled, KnownClientErrors.OtherKind)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class AddHostCafeValidator : HostCafeValidator<AddHostCafe>;

internal sealed class AddHostCafeHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, TimeProvider time)
    : IRequestHandler<AddHostCafe, Result<HostCafeView>>
{
    public async Task<Result<HostCafeView>> Handle(AddHostCafe request, CancellationToken cancellationToken)
    {
        if (request.Read(communes) is not { } facts)
        {
            return HostCafeErrors.UnknownCommune;
        }

        if (await session.WhyNotAsync(request.Clients(), cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var cafe = HostCafe.Of(Guid.CreateVersion7(time.GetUtcNow()), facts);
        session.Insert(cafe);
        return await session.CommitAsync(HostCafeView.Of(cafe), cancellationToken);
    }
}
