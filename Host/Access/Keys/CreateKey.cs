using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Gives a client a key.</summary>
internal sealed record CreateKey(Guid ClientId, CreateKeyBody Key) : IRequest<Result<CreatedKeyView>>;

internal sealed record CreateKeyBody(
    [property: Described("Portées ; toutes celles du client sans cela", "Scopes; all those of the client without it", Example = "[\"recruitment:read\"]")] IReadOnlyList<string>? Scopes = null,
    [property: Described("Fin de validité ; aucune sans cela", "End of validity; none without it", Example = "\"2099-01-01T00:00:00Z\"")] DateTimeOffset? ExpiresAt = null,
    [property: Described("À quoi sert la clé", "What the key is for", Example = "\"Site de la fondation\"")] string? Description = null);

internal sealed class CreateKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/access/clients/{id:guid}/keys", (Guid id, CreateKeyBody body, ISender sender, CancellationToken token) =>
            sender.Send(new CreateKey(id, body), token).ToCreated(created => $"/v1/access/keys/{created.Key.Id}"))
        .Described(nameof(CreateKey), "Créer une clé", "Make a key")
        .Noted("La clé elle-même n'est montrée que dans cette réponse.", "The key itself is shown in this answer only.")
        .Answers<CreatedKeyView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, ClientErrors.Unknown, KeyErrors.BeyondClient)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class CreateKeyValidator : AbstractValidator<CreateKey>
{
    public CreateKeyValidator(ModuleCatalogue catalogue, TimeProvider time)
    {
        RuleForEach(request => request.Key.Scopes).Must(Scopes.All(catalogue).Contains!).OverridePropertyName("Scopes")
            .WithErrorCode("unknown_scope").WithMessage(_ => Language.Choose("Cette portée n'existe pas.", "There is no such scope."));
        RuleFor(request => request.Key.ExpiresAt).Must(end => end is null || end > time.GetUtcNow()).OverridePropertyName("ExpiresAt")
            .WithErrorCode("in_the_past").WithMessage(_ => Language.Choose("Cet instant est passé.", "This instant has passed."));
        RuleFor(request => request.Key.Description).MaximumLength(200).OverridePropertyName("Description");
    }
}

internal sealed class CreateKeyHandler(ModuleSession<IAccessStore> session, TimeProvider time) : IRequestHandler<CreateKey, Result<CreatedKeyView>>
{
    public async Task<Result<CreatedKeyView>> Handle(CreateKey request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Client>(request.ClientId, cancellationToken) is not { } client)
        {
            return ClientErrors.Unknown;
        }

        var scopes = request.Key.Scopes ?? client.Scopes;
        if (scopes.Except(client.Scopes).Any())
        {
            return KeyErrors.BeyondClient;
        }

        var now = time.GetUtcNow();
        var (key, secret) = ApiKey.Create(Guid.CreateVersion7(now), client.Id, [.. scopes.Distinct()], now, request.Key.Description, request.Key.ExpiresAt);
        session.Insert(key);
        return await session.CommitAsync(new CreatedKeyView(secret, KeyView.Of(key)), cancellationToken);
    }
}
