using Carter;
using MediatR;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Shows whom the key belongs to and how long it lives.</summary>
internal sealed record FindMyself : IRequest<Result<MyselfView>>;

/// <summary>The holder of the key, as the API shows it to itself.</summary>
internal sealed record MyselfView(
    [property: Described("Le client", "The client")] ClientView Client,
    [property: Described("La clé de cette requête, ou celle dont vient le jeton", "The key of this request, or the one that the token came from")] KeyView Key,
    [property: Described("Portées de cette requête", "Scopes of this request", Example = "[\"recruitment:read\"]")] IReadOnlyList<string> Scopes);

internal sealed class FindMyselfEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/access/me", (ISender sender, CancellationToken token) => sender.Send(new FindMyself(), token).ToHttp())
        .Described(nameof(FindMyself), "Savoir qui l'on est", "Know who one is")
        .Noted("Ouvert à toute clé : sa fin, ses portées, les avis déjà donnés.", "Open to every key: its end, its scopes, the notices already given.")
        .Answers<MyselfView>()
        .Refuses(KeyErrors.Unknown)
        .RequireScope(Scopes.SelfRead);
}

internal sealed class FindMyselfHandler(ModuleSession<IAccessStore> session, IAccessStore store, CurrentActor actor) : IRequestHandler<FindMyself, Result<MyselfView>>
{
    public async Task<Result<MyselfView>> Handle(FindMyself request, CancellationToken cancellationToken) =>
        actor.Holder is { } holder
            && await session.LoadAsync<Client>(holder.ClientId, cancellationToken) is { } client
            && await session.LoadAsync<ApiKey>(holder.KeyId, cancellationToken) is { } key
            ? new MyselfView(ClientView.Of(client), KeyView.Of(key, await store.LastUseAsync(key.Id, cancellationToken)), [.. holder.Scopes.Order(StringComparer.Ordinal)])
            : KeyErrors.Unknown;
}
