using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Clients;

/// <summary>Lists clients, oldest first.</summary>
internal sealed record ListClients(
    [property: Described("Seulement ceux de cette sorte", "Only those of this kind")] ClientKind? Kind,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<ClientView>>>, IListRequest;

internal sealed class ListClientsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/access/clients", ([AsParameters] ListClients query, ISender sender, CancellationToken token) => sender.Send(query, token).ToHttp())
        .Described(nameof(ListClients), "Lister les clients", "List clients")
        .Answers<Page<ClientView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class ListClientsValidator : ListValidator<ListClients>
{
    public ListClientsValidator() => RuleFor(query => query.Kind).IsInEnum();
}

internal sealed class ListClientsHandler(ModuleSession<IAccessStore> session) : IRequestHandler<ListClients, Result<Page<ClientView>>>
{
    public async Task<Result<Page<ClientView>>> Handle(ListClients request, CancellationToken cancellationToken)
    {
        var clients = session.Query<Client>(request);
        if (request.Kind is { } kind)
        {
            clients = clients.Where(client => client.Kind == kind);
        }

        return await clients.ToPageAsync(request, ClientView.Of, cancellationToken);
    }
}
