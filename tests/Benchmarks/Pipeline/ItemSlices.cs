using System.Collections.Immutable;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Benchmarks.Pipeline;

internal sealed record ItemView(
    Guid Id, long Revision, string Name, string InseeCode, string Department, int Population, string Status, ImmutableArray<string> Services,
    double Lat, double Lon, string Model, IReadOnlyDictionary<string, string> OpeningHours, ItemContact Contact, DateTimeOffset CreatedAt)
{
    public static ItemView Of(Item item) => new(
        item.Id, item.Revision, item.Name, item.InseeCode, item.Department, item.Population, item.Status, item.Services,
        item.Lat, item.Lon, item.Model, item.OpeningHours, item.Contact, item.CreatedAt);
}

internal sealed record FindItem(Guid Id) : IRequest<Result<ItemView>>;

internal sealed record ListItems(string? Department, Guid? Beyond, DateTimeOffset? UpdatedSince, int? Limit, string? After) : IRequest<Result<Page<ItemView>>>, IListRequest;

internal sealed record CreateItem(ItemFacts Facts) : IRequest<Result<ItemView>>;

/// <summary>The three operations, each as a slice of a module has them.</summary>
internal sealed class ItemEndpoints : ICarterModule
{
    public static readonly Error Unknown = Error.NotFound("items.item_unknown", "Ceci n'existe pas.", "There is no such thing.");

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/items/items/{id:guid}", (Guid id, ISender sender, CancellationToken token) => sender.Send(new FindItem(id), token).ToHttp())
            .Described(nameof(FindItem), "Lire", "Read").Answers<ItemView>().Refuses(Unknown).RequireScope("items:read");
        app.MapGet("/v1/items/items", ([AsParameters] ListItems query, ISender sender, CancellationToken token) => sender.Send(query, token).ToHttp())
            .Described(nameof(ListItems), "Lister", "List").Answers<Page<ItemView>>().Refuses(CommonErrors.Malformed).RequireScope("items:read");
        app.MapPost("/v1/items/items", (ItemFacts body, ISender sender, CancellationToken token) =>
                sender.Send(new CreateItem(body), token).ToCreated(item => $"/v1/items/items/{item.Id}"))
            .Described(nameof(CreateItem), "Créer", "Create").Answers<ItemView>(StatusCodes.Status201Created).Refuses(CommonErrors.Malformed).RequireScope("items:write");
    }
}

internal sealed class ListItemsValidator : ListValidator<ListItems>;

internal sealed class CreateItemValidator : AbstractValidator<CreateItem>
{
    public CreateItemValidator() => RuleFor(request => request.Facts).SetValidator(new ItemFacts.Validator());
}

internal sealed class FindItemHandler(ModuleSession<IItemStore> session) : IRequestHandler<FindItem, Result<ItemView>>
{
    public async Task<Result<ItemView>> Handle(FindItem request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Item>(request.Id, cancellationToken) is { } item ? ItemView.Of(item) : ItemEndpoints.Unknown;
}

internal sealed class ListItemsHandler(ModuleSession<IItemStore> session) : IRequestHandler<ListItems, Result<Page<ItemView>>>
{
    public async Task<Result<Page<ItemView>>> Handle(ListItems request, CancellationToken cancellationToken)
    {
        var items = session.Query<Item>(request);
        items = request.Department is { } department ? items.Where(item => item.Department == department) : items;
        // What a cursor comes to, for a load that knows ids only
        items = request.Beyond is { } beyond ? items.Where(item => item.Id > beyond) : items;
        return await items.ToPageAsync(request, ItemView.Of, cancellationToken);
    }
}

internal sealed class CreateItemHandler(ModuleSession<IItemStore> session, TimeProvider time) : IRequestHandler<CreateItem, Result<ItemView>>
{
    public async Task<Result<ItemView>> Handle(CreateItem request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var item = Item.Create(Guid.CreateVersion7(now), request.Facts, now);
        session.Insert(item);
        await session.PublishAsync(new ItemCreated(item.Id, item.Name, item.InseeCode, now));
        return await session.CommitAsync(ItemView.Of(item), cancellationToken);
    }
}
