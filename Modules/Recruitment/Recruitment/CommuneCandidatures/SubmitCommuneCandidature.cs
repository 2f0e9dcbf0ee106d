using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Marten;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CommuneCandidatures;

internal sealed record CandidaturePremises(
    [property: Described("La commune a, ou connaît, un local", "The commune has, or knows of, premises")] bool? Available,
    [property: Described("Le local en quelques mots", "The premises in a few words", Example = "\"Ancien bar-tabac sur la place\"")] string? Description = null,
    [property: Described("Surface ouverte au public, en m²", "Floor area for customers, in m²", Example = "65")] int? SurfaceSquareMetres = null,
    [property: Described("Permet de loger deux salariés", "Can house two employees")] bool HousingForTwo = false);

internal sealed record CandidatureContact(
    [property: Described("Nom de l'interlocuteur", "Name of the contact", Example = "\"Camille Exemple\"")] string? Name,
    [property: Described("Sa fonction", "Their role", Example = "\"Maire\"")] string? Role,
    [property: Described("Son adresse électronique", "Their e-mail", Example = "\"mairie@example.org\"")] string? Email,
    [property: Described("Son téléphone", "Their telephone")] string? Phone = null);

/// <summary>A commune applies; its eligibility is judged at once, and a candidature that is not eligible is kept with its reasons.</summary>
internal sealed record SubmitCommuneCandidature(
    [property: Described("Code INSEE ; celui d'une commune fusionnée désigne la commune actuelle", "INSEE code; that of a merged commune means the present one", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Situation du café : aucun, menacé, ouvert", "Situation of the café: none, threatened, open")] CafeSituation? CafeSituation,
    [property: Described("Nombre d'autres commerces de la commune", "How many other shops the commune has", Example = "0")] int? OtherShops,
    [property: Described("Le maire porte le dossier", "The mayor carries the file")] bool? CarriedByMayor,
    [property: Described("Le local", "The premises")] CandidaturePremises? Premises,
    [property: Described("Les habitants participent déjà au projet", "Residents already take part in the project")] bool? ResidentsInvolved,
    [property: Described("L'interlocuteur", "The contact")] CandidatureContact? Contact) : IRequest<Result<CommuneCandidatureView>>;

internal sealed class SubmitCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures", (SubmitCommuneCandidature body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(candidature => $"/v1/recruitment/commune-candidatures/{candidature.Id}"))
        .Described(nameof(SubmitCommuneCandidature), "Déposer la candidature d'une commune", "Submit the candidature of a commune")
        .Noted("L'éligibilité et la priorité sont calculées aussitôt. Une candidature non éligible est conservée, avec ses raisons.",
            "Eligibility and priority are computed at once. A candidature that is not eligible is kept, with its reasons.")
        .Answers<CommuneCandidatureView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, CommuneCandidatureErrors.UnknownCommune, CommuneCandidatureErrors.AlreadyOpen)
        .RequireScope("recruitment:write");
}

internal sealed class SubmitCommuneCandidatureValidator : AbstractValidator<SubmitCommuneCandidature>
{
    public SubmitCommuneCandidatureValidator()
    {
        RuleFor(request => request.InseeCode).NotEmpty().Matches(@"^([0-9]{2}|2[ABab])[0-9]{3}\z");
        RuleFor(request => request.CafeSituation).NotNull().IsInEnum();
        RuleFor(request => request.OtherShops).NotNull().InclusiveBetween(0, 10_000);
        RuleFor(request => request.CarriedByMayor).NotNull();
        RuleFor(request => request.Premises).NotNull().ChildRules(premises =>
        {
            premises.RuleFor(value => value!.Available).NotNull();
            premises.RuleFor(value => value!.Description).MaximumLength(4_000);
            premises.RuleFor(value => value!.SurfaceSquareMetres).InclusiveBetween(1, 100_000);
        });
        RuleFor(request => request.ResidentsInvolved).NotNull();
        RuleFor(request => request.Contact).NotNull().ChildRules(contact =>
        {
            contact.RuleFor(value => value!.Name).NotEmpty().MaximumLength(200);
            contact.RuleFor(value => value!.Role).MaximumLength(200);
            contact.RuleFor(value => value!.Email).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(320).EmailAddress().Matches(@"^[^\s@<>]+@[^\s@<>]+\z");
            contact.RuleFor(value => value!.Phone).MaximumLength(40);
        });
    }
}

internal sealed class SubmitCommuneCandidatureHandler(
    ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<SubmitCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(SubmitCommuneCandidature request, CancellationToken cancellationToken)
    {
        if (communes.Find(request.InseeCode!) is not { } match)
        {
            return CommuneCandidatureErrors.UnknownCommune;
        }

        var code = match.Commune.InseeCode;
        if (await session.Query<CommuneCandidature>().AnyAsync(other => other.OpenInseeCode == code, cancellationToken))
        {
            return CommuneCandidatureErrors.AlreadyOpen;
        }

        var now = time.GetUtcNow();
        var candidature = CommuneCandidature.Submit(
            Guid.CreateVersion7(now), match.Commune, communes.RegistryYear, Facts(request), actor.Id, now);
        session.Insert(candidature);
        return await session.CommitAsync(CommuneCandidatureView.Of(candidature), cancellationToken, CommuneCandidatureErrors.AlreadyOpen);
    }

    private static CandidatureFacts Facts(SubmitCommuneCandidature request) => new(
        request.CafeSituation!.Value,
        request.OtherShops!.Value,
        request.CarriedByMayor!.Value,
        new(request.Premises!.Available!.Value, request.Premises.Description, request.Premises.SurfaceSquareMetres, request.Premises.HousingForTwo),
        request.ResidentsInvolved!.Value,
        new(request.Contact!.Name!, request.Contact.Role, request.Contact.Email!, request.Contact.Phone));
}
