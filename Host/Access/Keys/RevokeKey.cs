using Carter;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Ends a key, and every token that came of it, within a second and on every node.</summary>
internal sealed record RevokeKey(Guid Id) : IRequest<Result<KeyView>>;

internal sealed class RevokeKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/access/keys/{id:guid}/revocation", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new RevokeKey(id), token).ToHttp())
        .Described(nameof(RevokeKey), "Révoquer une clé", "Revoke a key")
        .Noted("La clé et ses jetons n'ouvrent plus rien au bout d'une seconde.", "After a second the key and its tokens open nothing any more.")
        .Answers<KeyView>()
        .Refuses(KeyErrors.Unknown, KeyErrors.AlreadyRevoked, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class RevokeKeyHandler(ModuleSession<IAccessStore> session, IAccessStore store, TimeProvider time) : IRequestHandler<RevokeKey, Result<KeyView>>
{
    public async Task<Result<KeyView>> Handle(RevokeKey request, CancellationToken cancellationToken)
    {
        var use = await store.LastUseAsync(request.Id, cancellationToken);
        return (await session.DecideAsync<ApiKey>(request.Id, KeyErrors.Unknown, key => key.Revoke(time.GetUtcNow()), cancellationToken)).Select(key => KeyView.Of(key, use));
    }
}
