using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The team says which antenne studies the candidature.</summary>
internal sealed record AssignCommuneAntenne(Guid Id, Antenne? Antenne, bool Unassigned, string? Reason) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record AssignCommuneAntenneBody(
    [property: Described("L'antenne", "The antenne")] Antenne? Antenne = null,
    [property: Described("Vrai pour n'en charger aucune", "True to assign none", Example = "false")] bool Unassigned = false,
    [property: Described("Motif, facultatif", "Reason, optional", Example = "\"L'antenne voisine connaît la commune.\"")] string? Reason = null);

internal sealed class AssignCommuneAntenneEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/antenne-assignment", (Guid id, AssignCommuneAntenneBody body, ISender sender, CancellationToken token) =>
            sender.Send(new AssignCommuneAntenne(id, body.Antenne, body.Unassigned, body.Reason), token).ToHttp())
        .Described(nameof(AssignCommuneAntenne), "Confier à une antenne", "Assign to an antenne")
        .Noted("L'antenne du département est choisie au dépôt ; ce choix-ci l'emporte désormais.",
            "The antenne of the département is taken at submission; this choice wins from now on.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class AssignCommuneAntenneValidator : AbstractValidator<AssignCommuneAntenne>
{
    public AssignCommuneAntenneValidator()
    {
        RuleFor(request => request.Antenne).IsInEnum();
        RuleFor(request => request.Antenne).NotNull().When(request => !request.Unassigned);
        RuleFor(request => request.Antenne).Null().When(request => request.Unassigned)
            .WithErrorCode("empty").WithMessage(_ => Language.Choose("Il faut choisir : une antenne, ou aucune.", "Choose: an antenne, or none."));
        RuleFor(request => request.Reason).MaximumLength(4_000);
    }
}

internal sealed class AssignCommuneAntenneHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<AssignCommuneAntenne, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(AssignCommuneAntenne request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.AssignAntenne(request.Antenne, request.Reason, actor.Id, time.GetUtcNow()),
            cancellationToken);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
