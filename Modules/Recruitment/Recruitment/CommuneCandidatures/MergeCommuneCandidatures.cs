using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Two candidatures of one commune become one.</summary>
internal sealed record MergeCommuneCandidatures(Guid Id, Guid? Into, string Reason) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record MergeCommuneCandidaturesBody(
    [property: Described("La candidature qui reste", "The candidature that stays")] Guid? Into,
    [property: Described("Motif de la réunion", "Reason of the merger", Example = "\"Les deux communes ont fusionné.\"")] string? Reason);

internal sealed class MergeCommuneCandidaturesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/merger", (Guid id, MergeCommuneCandidaturesBody body, ISender sender, CancellationToken token) =>
            sender.Send(new MergeCommuneCandidatures(id, body.Into, body.Reason!), token).ToHttp())
        .Described(nameof(MergeCommuneCandidatures), "Réunir deux candidatures", "Merge two candidatures")
        .Noted("Celle-ci est close et renvoie à l'autre, qui garde ses propres faits.",
            "This one is closed and points to the other, which keeps its own facts.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.OtherUnknown, CommuneCandidatureErrors.NotADuplicate, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class MergeCommuneCandidaturesValidator : AbstractValidator<MergeCommuneCandidatures>
{
    public MergeCommuneCandidaturesValidator()
    {
        RuleFor(request => request.Into).NotNull();
        RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
    }
}

internal sealed class MergeCommuneCandidaturesHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<MergeCommuneCandidatures, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(MergeCommuneCandidatures request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<CommuneCandidature>(request.Id, cancellationToken) is not { } ending)
        {
            return CommuneCandidatureErrors.Unknown;
        }

        if (await session.LoadAsync<CommuneCandidature>(request.Into!.Value, cancellationToken) is not { } staying)
        {
            return CommuneCandidatureErrors.OtherUnknown;
        }

        var now = time.GetUtcNow();
        var merged = ending.MergeInto(staying, request.Reason, actor.Id, now);
        if (merged.IsRefused(out var refused))
        {
            return refused;
        }

        // In this order: the one that stays may take the place that the other one leaves
        session.Update(merged.Value);
        session.Update(staying.Absorb(ending, request.Reason, actor.Id, now));
        return await session.CommitAsync(CommuneCandidatureView.Of(merged.Value, actor.Holder!), cancellationToken);
    }
}
