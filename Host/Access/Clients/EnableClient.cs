using Carter;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Clients;

/// <summary>Opens the API again to a client that was disabled.</summary>
internal sealed record EnableClient(Guid Id) : IRequest<Result<ClientView>>;

internal sealed class EnableClientEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/access/clients/{id:guid}/enablement", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new EnableClient(id), token).ToHttp())
        .Described(nameof(EnableClient), "Rétablir un client", "Enable a client")
        .Answers<ClientView>()
        .Refuses(ClientErrors.Unknown, ClientErrors.NotDisabled, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class EnableClientHandler(ModuleSession<IAccessStore> session) : IRequestHandler<EnableClient, Result<ClientView>>
{
    public async Task<Result<ClientView>> Handle(EnableClient request, CancellationToken cancellationToken) =>
        (await session.DecideAsync<Client>(request.Id, ClientErrors.Unknown, client => client.Enable(), cancellationToken, publish: client => client.ToNews())).Select(ClientView.Of);
}
