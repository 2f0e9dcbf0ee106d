using Carter;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Clients;

/// <summary>Closes the API to a client: none of its keys and tokens opens anything any more.</summary>
internal sealed record DisableClient(Guid Id) : IRequest<Result<ClientView>>;

internal sealed class DisableClientEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/access/clients/{id:guid}/disablement", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new DisableClient(id), token).ToHttp())
        .Described(nameof(DisableClient), "Suspendre un client", "Disable a client")
        .Answers<ClientView>()
        .Refuses(ClientErrors.Unknown, ClientErrors.AlreadyDisabled, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class DisableClientHandler(ModuleSession<IAccessStore> session, TimeProvider time) : IRequestHandler<DisableClient, Result<ClientView>>
{
    public async Task<Result<ClientView>> Handle(DisableClient request, CancellationToken cancellationToken) =>
        (await session.DecideAsync<Client>(request.Id, ClientErrors.Unknown, client => client.Disable(time.GetUtcNow()), cancellationToken, publish: client => client.ToNews())).Select(ClientView.Of);
}
