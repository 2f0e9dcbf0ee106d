using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Two candidatures are of one person: one ends, and the other keeps all that it was.</summary>
internal sealed record MergeGerantCandidatures(Guid Id, Guid? Into, string? Reason) : IRequest<Result<GerantCandidatureView>>;

internal sealed record MergeGerantCandidaturesBody(
    [property: Described("La candidature qui reste", "The candidature that stays")] Guid? Into,
    [property: Described("Pourquoi ; nécessaire quand ni l'adresse ni le téléphone ne sont les mêmes", "Why; needed when neither the address nor the telephone is the same", Example = "\"Même personne, nouveau nom.\"")] string? Reason = null);

internal sealed class MergeGerantCandidaturesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/merge", (Guid id, MergeGerantCandidaturesBody body, ISender sender, CancellationToken token) =>
            sender.Send(new MergeGerantCandidatures(id, body.Into, body.Reason), token).ToHttp())
        .Described(nameof(MergeGerantCandidatures), "Réunir deux candidatures d'une même personne", "Merge two candidatures of one person")
        .Noted("Celle de l'adresse prend fin ; l'autre, que la réponse montre, garde son histoire, son offre et ses dates. La plus avancée doit rester. Si un partenaire l'a transmise et que seule l'autre a été confirmée depuis son adresse, elle prend cette adresse.",
            "The one in the address ends; the other one, which the answer shows, keeps its history, its offer and its dates. The one that is further along must stay. If a partner sent it and only the other was confirmed from its address, it takes that address.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.SurvivorUnknown, GerantCandidatureErrors.SameCandidature, GerantCandidatureErrors.NoDuplicates,
            GerantCandidatureErrors.NotConfirmed, GerantCandidatureErrors.MergeBackwards, GerantCandidatureErrors.BothInPost, GerantCandidatureErrors.SameAddress, ImmersionErrors.BothBooked, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class MergeGerantCandidaturesValidator : AbstractValidator<MergeGerantCandidatures>
{
    public MergeGerantCandidaturesValidator()
    {
        RuleFor(request => request.Into).NotNull();
        RuleFor(request => request.Reason).MaximumLength(4_000);
    }
}

internal sealed class MergeGerantCandidaturesHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<MergeGerantCandidatures, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(MergeGerantCandidatures request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken) is not { } ending)
        {
            return await session.MissingAsync(request.Id, cancellationToken);
        }

        if (await session.LoadAsync<GerantCandidature>(request.Into!.Value, cancellationToken) is not { } staying)
        {
            return GerantCandidatureErrors.SurvivorUnknown;
        }

        var now = time.GetUtcNow();
        var decision = staying.Merge(ending, request.Reason, actor.Id, now);
        if (decision.IsRefused(out var refused))
        {
            return refused;
        }

        if (await session.Query<Immersion>().CountAsync(one => one.OpenCandidatureId == ending.Id || one.OpenCandidatureId == staying.Id, cancellationToken) > 1)
        {
            return ImmersionErrors.BothBooked;
        }

        // First what ends: a partner may have sent both for one offer, and the one that stays take the address of the other
        var (merged, ended) = (decision.Value, ending.EndIn(staying, now));
        session.Update(ended);
        session.Update(merged);
        foreach (var news in ending.NewsOn(ended, now))
        {
            await session.PublishAsync(news);
        }

        await session.AlongAsync(async documents =>
        {
            // A slip of a partner would open all that is known of the person to whoever reads that address
            if (merged.StandsNotBy(ending))
            {
                documents.DeleteWhere<CandidateLink>(link => link.CandidatureId == ending.Id);
            }

            var news = await documents.FollowAsync(new(merged, actor.Id, now) { Absorbed = ending.Id }, cancellationToken);
            return merged.Applicant.Email == staying.Applicant.Email ? news : [.. news, .. await documents.MailAnewAsync(merged, staying.Subjects(), cancellationToken)];
        });
        return await session.CommitAsync(GerantCandidatureView.Of(merged, actor.Holder!), cancellationToken, GerantCandidatureErrors.SameAddress);
    }
}
