using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Puts a new key in the place of one; both open the API until the overlap is over.</summary>
internal sealed record RotateKey(Guid Id, int OverlapHours) : IRequest<Result<CreatedKeyView>>;

internal sealed record RotateKeyBody(
    [property: Described("Heures pendant lesquelles l'ancienne clé ouvre encore, de 0 à 720 ; 24 par défaut", "Hours in which the old key still opens, from 0 to 720; 24 by default", Example = "24")] int OverlapHours = 24);

internal sealed class RotateKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/access/keys/{id:guid}/rotation", (Guid id, RotateKeyBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new RotateKey(id, (body ?? new()).OverlapHours), token).ToCreated(created => $"/v1/access/keys/{created.Key.Id}"))
        .Described(nameof(RotateKey), "Remplacer une clé", "Rotate a key")
        .Noted("La nouvelle clé a les mêmes portées, et la même durée de vie si l'ancienne en avait une.", "The new key has the same scopes, and the same length of life when the old one had one.")
        .Answers<CreatedKeyView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, KeyErrors.Unknown, KeyErrors.AlreadyRevoked, KeyErrors.AlreadyRotated, KeyErrors.Expired, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class RotateKeyValidator : AbstractValidator<RotateKey>
{
    private const int MostHours = 30 * 24;

    public RotateKeyValidator() => RuleFor(request => request.OverlapHours).InclusiveBetween(0, MostHours);
}

internal sealed class RotateKeyHandler(ModuleSession<IAccessStore> session, TimeProvider time) : IRequestHandler<RotateKey, Result<CreatedKeyView>>
{
    public async Task<Result<CreatedKeyView>> Handle(RotateKey request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<ApiKey>(request.Id, cancellationToken) is not { } old)
        {
            return KeyErrors.Unknown;
        }

        var now = time.GetUtcNow();
        var (next, secret) = ApiKey.Create(Guid.CreateVersion7(now), old.ClientId, old.Scopes, now, old.Description, now + (old.ExpiresAt - old.CreatedAt));
        if (old.Rotate(next.Id, TimeSpan.FromHours(request.OverlapHours), now) is var rotated && rotated.IsRefused(out var refusal))
        {
            return refusal;
        }

        session.Update(rotated.Value);
        session.Insert(next);
        return await session.CommitAsync(new CreatedKeyView(secret, KeyView.Of(next)), cancellationToken);
    }
}
