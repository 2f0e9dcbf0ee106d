using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>An opinion that was asked for is given.</summary>
internal sealed record GiveCommuneOpinion(Guid Id, Guid? RequestId, Advice? Advice, string? Text) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record GiveCommuneOpinionBody(
    [property: Described("L'avis demandé, par son identifiant", "The opinion that was asked for, by its id")] Guid? RequestId,
    [property: Described("Favorable, réservé ou défavorable", "Favourable, reserved or unfavourable")] Advice? Advice,
    [property: Described("L'avis, en toutes lettres", "The opinion, spelled out", Example = "\"Le local est bien placé.\"")] string? Text = null);

internal sealed class GiveCommuneOpinionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/opinion", (Guid id, GiveCommuneOpinionBody body, ISender sender, CancellationToken token) =>
            sender.Send(new GiveCommuneOpinion(id, body.RequestId, body.Advice, body.Text), token).ToHttp())
        .Described(nameof(GiveCommuneOpinion), "Donner un avis", "Give an opinion")
        .Noted("Un avis se donne une fois. Celui qui est demandé à une antenne se donne par ses référents, même limités à leurs départements.",
            "An opinion is given once. One that an antenne was asked for is given by its référents, even those limited to their départements.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.OpinionUnknown, CommuneCandidatureErrors.OpinionGiven, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class GiveCommuneOpinionValidator : AbstractValidator<GiveCommuneOpinion>
{
    public GiveCommuneOpinionValidator()
    {
        RuleFor(request => request.RequestId).NotNull();
        RuleFor(request => request.Advice).NotNull().IsInEnum();
        RuleFor(request => request.Text).MaximumLength(4_000);
    }
}

internal sealed class GiveCommuneOpinionHandler(ModuleSession<IRecruitmentStore> session, Antennes antennes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<GiveCommuneOpinion, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(GiveCommuneOpinion request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature =>
            {
                if (actor.Holder!.WritesIn is { } limits && candidature.AsksOpinionOf(limits, request.RequestId!.Value, antennes))
                {
                    session.LetWrite(candidature);
                }

                return candidature.GiveOpinion(request.RequestId!.Value, request.Advice!.Value, request.Text, actor.Id, time.GetUtcNow());
            },
            cancellationToken);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
