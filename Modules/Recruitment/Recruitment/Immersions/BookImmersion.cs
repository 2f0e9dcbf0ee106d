using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>A candidate spends some days in a café of the network.</summary>
internal sealed record BookImmersion(
    [property: Described("La candidature de gérant", "The gérant candidature")] Guid? CandidatureId,
    [property: Described("Le café d'accueil", "The host café")] Guid? HostCafeId,
    [property: Described("Premier jour, à venir ou depuis moins de trente jours", "First day, to come or less than thirty days ago", Example = "\"2099-04-13\"")] DateOnly? FirstDay,
    [property: Described("Dernier jour, au plus le quatorzième", "Last day, the fourteenth at most", Example = "\"2099-04-17\"")] DateOnly? LastDay) : IRequest<Result<ImmersionView>>;

internal sealed class BookImmersionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/immersions", (BookImmersion body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(immersion => $"/v1/recruitment/immersions/{immersion.Id}"))
        .Described(nameof(BookImmersion), "Réserver une immersion", "Book an immersion")
        .Noted("La candidature passe à l'étape « immersion », si elle n'y est pas déjà. La capacité du café n'est jamais dépassée ; un candidat a une seule immersion à la fois. Il en reçoit un courriel, et le café l'apprend (`recruitment.immersion.booked`).",
            "The candidature comes to the stage “immersion”, unless it is there already. The café's capacity is never exceeded; a candidate has one immersion at a time. They are mailed, and the café is told (`recruitment.immersion.booked`).")
        .Answers<ImmersionView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NotConfirmed, GerantCandidatureErrors.StageNotAllowed, HostCafeErrors.Unknown,
            HostCafeErrors.Closed, HostCafeErrors.Full, ImmersionErrors.AlreadyBooked, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class BookImmersionValidator : AbstractValidator<BookImmersion>
{
    private const int LongestDays = 14;
    private const int Earliest = 30;

    public BookImmersionValidator(TimeProvider time)
    {
        RuleFor(request => request.CandidatureId).NotEmpty();
        RuleFor(request => request.HostCafeId).NotEmpty();
        RuleFor(request => request.FirstDay).NotNull();
        RuleFor(request => request.FirstDay).Must(day => day is null || day > LocalDays.Of(time.GetUtcNow()).AddDays(-Earliest)).WithErrorCode("in_the_past")
            .WithMessage(_ => Language.Choose("Ce jour est passé depuis longtemps.", "This day has passed long ago."));
        RuleFor(request => request.LastDay).NotNull();
        RuleFor(request => request.LastDay)
            .Must((request, last) => last is null || request.FirstDay is not { } first || (last >= first && last.Value.DayNumber - first.DayNumber < LongestDays))
            .WithErrorCode("inclusive_between").WithMessage(_ => Language.Choose($"De 1 à {LongestDays} jours.", $"From 1 to {LongestDays} days."));
    }
}

internal sealed class BookImmersionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<BookImmersion, Result<ImmersionView>>
{
    public async Task<Result<ImmersionView>> Handle(BookImmersion request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.CandidatureId!.Value, cancellationToken) is not { } candidature)
        {
            return await session.MissingAsync(request.CandidatureId!.Value, cancellationToken);
        }

        if (await session.LoadAsync<HostCafe>(request.HostCafeId!.Value, cancellationToken) is not { } cafe)
        {
            return HostCafeErrors.Unknown;
        }

        if (await session.Query<Immersion>().AnyAsync(other => other.OpenCandidatureId == candidature.Id, cancellationToken))
        {
            return ImmersionErrors.AlreadyBooked;
        }

        var now = time.GetUtcNow();
        if (candidature.To(GerantStage.Immersion, actor.Id, now) is var step && step.IsRefused(out var refused))
        {
            return refused;
        }

        var immersion = Immersion.Book(
            Guid.CreateVersion7(now), candidature.Id, candidature.Departement, cafe, request.FirstDay!.Value, request.LastDay!.Value, actor.Id, now).Follow(candidature);
        if (cafe.Take(new(immersion.Id, immersion.FirstDay, immersion.LastDay), LocalDays.Of(now)) is var place && place.IsRefused(out refused))
        {
            return refused;
        }

        session.Insert(immersion);
        await session.GiveDaysAsync(cafe, place.Value);
        session.Update(step.Value);
        await session.AlongAsync(documents => documents.FollowAsync(new(step.Value, actor.Id, now) { Begins = typeof(Immersion) }, cancellationToken));
        await session.PublishAsync(immersion.ToBooked(now));
        return await session.CommitAsync(ImmersionView.Of(immersion, actor.Holder!), cancellationToken, ImmersionErrors.AlreadyBooked);
    }
}
