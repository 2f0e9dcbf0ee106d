using Carter;
using MediatR;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Host.Access.Clients;

/// <summary>Lets somebody use the API, as soon as they are given a key.</summary>
internal sealed record CreateClient(
    [property: Described("Nom", "Name", Example = "\"Fondation partenaire\"")] string? Name,
    [property: Described("Sorte de client, dont dépend ce qu'il voit", "Kind of client, which decides what it sees", Example = "\"partner\"")] ClientKind? Kind,
    [property: Described("Portées que ses clés peuvent avoir", "Scopes that its keys can have", Example = "[\"recruitment:read\"]")] IReadOnlyList<string>? Scopes,
    [property: Described("Adresse électronique pour les avis", "E-mail address for notices", Example = "\"contact@partenaire.example\"")] string? Email = null,
    [property: Described("Commune, pour une mairie", "Commune, for a mairie")] string? InseeCode = null,
    [property: Described("Cafés du gérant, au moins un, ou du partenaire", "Cafés of the gérant, at least one, or of the partner", Example = "[]")] IReadOnlyList<Guid>? Cafes = null,
    [property: Described("Programmes du partenaire", "The partner's programmes", Example = "[\"TrES\"]")] IReadOnlyList<string>? Programmes = null,
    [property: Described("Départements où ce référent peut écrire ; partout sans cela", "Départements this référent may write in; everywhere without it")] IReadOnlyList<string>? WritesIn = null,
    [property: Described("SIRET de l'organisation qui répond des clés ; des blancs peuvent séparer ses chiffres", "SIRET of the organisation that answers for the keys; blanks may separate its digits", Example = "\"35600000000048\"")] string? Siret = null)
    : IRequest<Result<ClientView>>, IClientFacts;

internal sealed class CreateClientEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/access/clients", (CreateClient body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(client => $"/v1/access/clients/{client.Id}"))
        .Described(nameof(CreateClient), "Ajouter un client", "Add a client")
        .Answers<ClientView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class CreateClientValidator(ModuleCatalogue catalogue, CommuneRegistry communes) : ClientFactsValidator<CreateClient>(catalogue, communes);

internal sealed class CreateClientHandler(ModuleSession<IAccessStore> session, CommuneRegistry communes, TimeProvider time)
    : IRequestHandler<CreateClient, Result<ClientView>>
{
    public async Task<Result<ClientView>> Handle(CreateClient request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var client = new Client { Id = Guid.CreateVersion7(now), Name = request.Name!, Kind = request.Kind!.Value, Scopes = [], CreatedAt = now, ToldVersion = Client.CurrentToldVersion }.With(request, communes);
        session.Insert(client);
        await session.PublishAsync(client.ToNews());
        return (await session.CommitAsync(client, cancellationToken)).Select(ClientView.Of);
    }
}
