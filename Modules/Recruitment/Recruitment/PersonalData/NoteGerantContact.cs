using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The team and a candidate were in touch; the time that they are remembered begins anew, unless it runs from a refusal.</summary>
internal sealed record NoteGerantContact(Guid Id, string Note) : IRequest<Result<GerantCandidatureView>>;

internal sealed record NoteGerantContactBody(
    [property: Described("Ce qui s'est dit", "What was said", Example = "\"Souhaite rester candidate, disponible en juin.\"")] string? Note);

internal sealed class NoteGerantContactEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/contacts", (Guid id, NoteGerantContactBody body, ISender sender, CancellationToken token) =>
            sender.Send(new NoteGerantContact(id, body.Note!), token).ToHttp())
        .Described(nameof(NoteGerantContact), "Noter un échange avec un candidat", "Note a contact with a candidate")
        .Noted("La durée de conservation repart de cet échange, sauf après un refus sans accord pour plus longtemps : elle court alors du refus, et `POST …/rectification` note que la personne en accepte davantage. Un avis d'effacement déjà envoyé ne vaut plus : un autre le remplace.",
            "The time that the data is kept starts again from this contact, but after a refusal without consent to more: it then runs from the refusal, and `POST …/rectification` notes that the person agrees to more. A notice of erasure that was sent no longer holds: another takes its place.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class NoteGerantContactValidator : AbstractValidator<NoteGerantContact>
{
    public NoteGerantContactValidator() => RuleFor(request => request.Note).NotEmpty().MaximumLength(4_000);
}

internal sealed class NoteGerantContactHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<NoteGerantContact, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(NoteGerantContact request, CancellationToken cancellationToken)
    {
        var noted = await session.ActAsync(
            request.Id, candidature => candidature.NoteContact(request.Note, actor.Id, time.GetUtcNow()), cancellationToken);
        return noted.Select(candidature => GerantCandidatureView.Of(candidature, actor.Holder!));
    }
}
