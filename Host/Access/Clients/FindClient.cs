using Carter;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Clients;

/// <summary>Shows one client.</summary>
internal sealed record FindClient(Guid Id) : IRequest<Result<ClientView>>;

internal sealed class FindClientEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/access/clients/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindClient(id), token).ToHttp())
        .Described(nameof(FindClient), "Lire un client", "Read a client")
        .Answers<ClientView>()
        .Refuses(ClientErrors.Unknown)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class FindClientHandler(ModuleSession<IAccessStore> session) : IRequestHandler<FindClient, Result<ClientView>>
{
    public async Task<Result<ClientView>> Handle(FindClient request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Client>(request.Id, cancellationToken) is { } found ? ClientView.Of(found) : ClientErrors.Unknown;
}
