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
    public async Task<Result<KeyView>> Handle(FindKey request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<ApiKey>(request.Id, cancellationToken) is not { } key)
        {
            return KeyErrors.Unknown;
        }

        await using var uses = store.QuerySession();
        return KeyView.Of(key, await uses.LoadAsync<KeyUse>(key.Id, cancellationToken));
    }
}
