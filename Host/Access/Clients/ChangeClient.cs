using Carter;
using MediatR;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Host.Access.Clients;

/// <summary>Replaces what is known of a client; its keys follow within a second.</summary>
internal sealed record ChangeClient(
    Guid Id,
    string? Name,
    ClientKind? Kind,
    IReadOnlyList<string>? Scopes,
    string? Email,
    string? InseeCode,
    IReadOnlyList<Guid>? Cafes,
    IReadOnlyList<string>? Programmes,
    IReadOnlyList<string>? WritesIn,
    string? Siret) : IRequest<Result<ClientView>>, IClientFacts;

internal sealed record ChangeClientBody(
    [property: Described("Nom", "Name", Example = "\"Fondation partenaire\"")] string? Name,
    [property: Described("Sorte de client, dont dépend ce qu'il voit", "Kind of client, which decides what it sees", Example = "\"partner\"")] ClientKind? Kind,
    [property: Described("Portées que ses clés peuvent avoir", "Scopes that its keys can have", Example = "[\"recruitment:read\"]")] IReadOnlyList<string>? Scopes,
    [property: Described("Adresse électronique pour les avis", "E-mail address for notices", Example = "\"contact@partenaire.example\"")] string? Email = null,
    [property: Described("Commune, pour une mairie", "Commune, for a mairie")] string? InseeCode = null,
    [property: Described("Cafés du gérant, au moins un, ou du partenaire", "Cafés of the gérant, at least one, or of the partner", Example = "[]")] IReadOnlyList<Guid>? Cafes = null,
    [property: Described("Programmes du partenaire", "The partner's programmes", Example = "[\"TrES\"]")] IReadOnlyList<string>? Programmes = null,
    [property: Described("Départements où ce référent peut écrire ; partout sans cela", "Départements this référent may write in; everywhere without it")] IReadOnlyList<string>? WritesIn = null,
    [property: Described("SIRET de l'organisation qui répond des clés ; des blancs peuvent séparer ses chiffres", "SIRET of the organisation that answers for the keys; blanks may separate its digits", Example = "\"35600000000048\"")] string? Siret = null)
{
    public ChangeClient Of(Guid id) => new(id, Name, Kind, Scopes, Email, InseeCode, Cafes, Programmes, WritesIn, Siret);
}

internal sealed class ChangeClientEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut("/v1/access/clients/{id:guid}", (Guid id, ChangeClientBody body, ISender sender, CancellationToken token) =>
            sender.Send(body.Of(id), token).ToHttp())
        .Described(nameof(ChangeClient), "Modifier un client", "Change a client")
        .Answers<ClientView>()
        .Refuses(CommonErrors.Malformed, ClientErrors.Unknown, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class ChangeClientValidator(ModuleCatalogue catalogue, CommuneRegistry communes) : ClientFactsValidator<ChangeClient>(catalogue, communes);

internal sealed class ChangeClientHandler(ModuleSession<IAccessStore> session, CommuneRegistry communes, TimeProvider time) : IRequestHandler<ChangeClient, Result<ClientView>>
{
    public async Task<Result<ClientView>> Handle(ChangeClient request, CancellationToken cancellationToken)
    {
        var wasWrittenTo = false;
        var decision = await session.DecideAsync<Client>(
            request.Id,
            ClientErrors.Unknown,
            client =>
            {
                wasWrittenTo = client.Email is not null;
                return client.With(request, communes);
            },
            cancellationToken,
            // Who is written to no more is forgotten, in the audit too
            publish: changed => wasWrittenTo && changed.Email is null ? new PersonalDataErased(changed.Id, time.GetUtcNow()) : null,
            news: (_, changed) => [changed.ToNews()]);
        return decision.Select(ClientView.Of);
    }
}
