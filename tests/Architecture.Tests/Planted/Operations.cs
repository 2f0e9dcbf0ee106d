using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests.Planted;

internal static class PlantedErrors
{
    public static readonly Error Locked = Error.Conflict("planted.locked", "La porte est fermée à clé.", "The door is locked.");
    public static readonly Error Painted = Error.Conflict("planted.painted", "La peinture est fraîche.", "The paint is wet.");
    public static readonly Error Shouted = Error.Conflict("Planted.SHOUTED", "Trop fort.", "Too loud.");
}

internal sealed record KnockBody(
    [property: Described("Combien de coups", "How many knocks")] int Count,
    [property: Described("Le bois de la porte", "Le bois de la porte")] string Wood,
    string Silent,
    [property: Described("La serrure", "The lock")] First.Lock Lock);

internal sealed record Knock(int Count) : IRequest<Result<Done>>;

internal sealed record Ring(int Count) : IRequest<Result<Done>>;

internal sealed class RingValidator : AbstractValidator<Ring>;

internal sealed record Whistle : IRequest<Result<Done>>;

internal sealed class KnockHandler : IRequestHandler<Knock, Result<Done>>
{
    public async Task<Result<Done>> Handle(Knock request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return Door.Try(request.Count).Then<Done>(_ => Done.Value);
    }
}

internal static class Door
{
    public static Result<Done> Try(int count) => count > 0 ? Done.Value : PlantedErrors.Locked;
}

internal static class First
{
    internal sealed record Lock([property: Described("Le nombre de tours", "How many turns")] int Turns);
}

internal static class Second
{
    internal sealed record Lock([property: Described("La couleur", "The colour")] string Colour);
}

internal static class PlantedOperations
{
    public static IReadOnlyList<Operation> All { get; } = Map();

    private static IReadOnlyList<Operation> Map()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAuthorization();
        var application = builder.Build();

        application.MapPost("/v1/doors/knocks", (KnockBody body) => body)
            .Described(nameof(Knock), "Frapper", "Knock").Answers<Second.Lock>().Refuses(PlantedErrors.Painted, PlantedErrors.Shouted).RequireScope("doors:read");
        application.MapPost("/v1/doors/rings", (KnockBody body) => body)
            .Described(nameof(Ring), "Sonner", "Sonner").Noted("Une fois.", "").Refuses(CommonErrors.Malformed, CommonErrors.Malformed).RequireScope("doors:everything");
        application.MapPost("/v1/doors/bells", () => Done.Value).Described(nameof(Ring), "Carillonner", "Chime").RequireScope("doors:write").AllowAnonymous();
        application.MapGet("/v1/doors", () => Done.Value).RequireScope("doors:write");
        application.MapGet("/v1/windows", () => Done.Value).ExcludeFromDescription().WithMetadata(new OperationScope("doors:read"));
        application.MapGet("/chimney", () => Done.Value).ExcludeFromDescription();
        application.MapGet("/health", () => Done.Value).ExcludeFromDescription().AllowAnonymous();
        return Operation.Of(application);
    }
}
