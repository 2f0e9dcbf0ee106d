using Carter;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Shows one key.</summary>
internal sealed record FindKey(Guid Id) : IRequest<Result<KeyView>>;

internal sealed class FindKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/access/keys/{id:guid}", (Guid id, ISender sender, CancellationToken token) => sender.Send(new FindKey(id), token).ToHttp())
        .Described(nameof(FindKey), "Lire une clé", "Read a key")
        .Answers<KeyView>()
        .Refuses(KeyErrors.Unknown)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class FindKeyHandler(ModuleSession<IAccessStore> session, IAccessStore store) : IRequestHandler<FindKey, Result<KeyView>>
{
    public async Task<Result<KeyView>> Handle(FindKey request, CancellationToken cancellationToken) =>
        await session.LoadAsync<ApiKey>(request.Id, cancellationToken) is { } key
            ? KeyView.Of(key, await store.LastUseAsync(key.Id, cancellationToken))
            : KeyErrors.Unknown;
}
