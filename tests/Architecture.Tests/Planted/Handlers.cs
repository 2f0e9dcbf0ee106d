using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Accompaniment;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Architecture.Tests.Planted;

public interface IPlantedStore : IDocumentStore;

public sealed record PlantedWork(Guid Id);

internal sealed record HiddenWork(Guid Id);

[MartenStore(typeof(IPlantedStore))]
public static class DoPlantedWorkHandler
{
    public static void Handle(PlantedWork message, IDocumentSession session) => session.Insert(message);
}

[MartenStore(typeof(IAccompanimentStore))]
public static class BorrowStoreHandler
{
    public static void Handle(PlantedWork message, IDocumentSession session) => session.Insert(message);
}

public static class ForgetStoreConsumer
{
    public static void Consume(PlantedWork message, IDocumentSession session) => session.Insert(message);
}

[MartenStore(typeof(IPlantedStore))]
public sealed class NeedInstanceHandler
{
    public void Handle(PlantedWork message) => ArgumentNullException.ThrowIfNull(message);
}

[MartenStore(typeof(IPlantedStore))]
internal static class HideHandler
{
    public static void Handle(HiddenWork message) => ArgumentNullException.ThrowIfNull(message);
}

[MartenStore(typeof(IPlantedStore))]
public static class CongratulateHandler
{
    public static void Handle(CafeProjectOpened message) => ArgumentNullException.ThrowIfNull(message);
}

[MartenStore(typeof(IPlantedStore))]
public static class TravelHandler
{
    public static void Handle(Uri message) => ArgumentNullException.ThrowIfNull(message);
}

public sealed record OpenDoor(Guid Id) : IRequest<Result<Done>>;

internal class OpenDoorValidator : AbstractValidator<OpenDoor>;

internal sealed class StricterValidator : OpenDoorValidator;

public sealed class OpenDoorHandler : IRequestHandler<OpenDoor, Result<Done>>
{
    public Task<Result<Done>> Handle(OpenDoor request, CancellationToken cancellationToken) => Task.FromResult<Result<Done>>(Done.Value);
}

internal static class Nest
{
    internal sealed class OpenDoorEndpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => ArgumentNullException.ThrowIfNull(app);
    }
}

public sealed record DoorDocument : Document;

internal sealed record CloseDoor(Guid Id) : IRequest<Result<Done>>;
