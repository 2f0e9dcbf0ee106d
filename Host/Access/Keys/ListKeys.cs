using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Lists keys, oldest first.</summary>
internal sealed record ListKeys(
    [property: Described("Seulement celles de ce client", "Only those of this client")] Guid? ClientId,
    [property: Described("Seulement celles qui finissent dans ce nombre de jours, de 1 à 3 650", "Only those that end within so many days, from 1 to 3,650", Example = "30")] int? ExpiringWithin,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<KeyView>>>, IListRequest;

internal sealed class ListKeysEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/access/keys", ([AsParameters] ListKeys query, ISender sender, CancellationToken token) => sender.Send(query, token).ToHttp())
        .Described(nameof(ListKeys), "Lister les clés", "List keys")
        .Answers<Page<KeyView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class ListKeysValidator : ListValidator<ListKeys>
{
    private const int MostDays = 3_650;

    public ListKeysValidator() => RuleFor(query => query.ExpiringWithin).InclusiveBetween(1, MostDays);
}

internal sealed class ListKeysHandler(ModuleSession<IAccessStore> session, IAccessStore store, TimeProvider time) : IRequestHandler<ListKeys, Result<Page<KeyView>>>
{
    public async Task<Result<Page<KeyView>>> Handle(ListKeys request, CancellationToken cancellationToken)
    {
        var keys = session.Query<ApiKey>(request);
        if (request.ClientId is { } client)
        {
            keys = keys.Where(key => key.ClientId == client);
        }

        if (request.ExpiringWithin is { } days)
        {
            var now = time.GetUtcNow();
            var until = now.AddDays(days);
            keys = keys.Where(key => key.RevokedAt == null && key.ExpiresAt > now && key.ExpiresAt <= until);
        }

        var page = await keys.ToPageAsync(request, key => KeyView.Of(key), cancellationToken);
        await using var lookup = store.QuerySession();
        var uses = (await lookup.LoadManyAsync<KeyUse>(cancellationToken, page.Items.Select(key => key.Id))).ToDictionary(use => use.Id, use => use.LastUsedAt);
        return page with { Items = [.. page.Items.Select(key => key with { LastUsedAt = uses.TryGetValue(key.Id, out var at) ? at : null })] };
    }
}
