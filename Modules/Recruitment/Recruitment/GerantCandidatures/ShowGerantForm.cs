using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Tells a site what its form must show: the text to agree to, in the reader's language.</summary>
internal sealed record ShowGerantForm : IRequest<Result<GerantFormView>>;

internal sealed record GerantFormView(
    [property: Described("Version du texte de consentement, à renvoyer avec le formulaire", "Version of the consent's text, to be sent back with the form", Example = $"\"{ConsentText.CurrentVersion}\"")] string ConsentVersion,
    [property: Described("Langue du texte, à renvoyer avec le formulaire", "Language of the text, to be sent back with the form", Example = "\"fr\"", EnglishExample = "\"en\"")] string ConsentLanguage,
    [property: Described("Le texte à montrer", "The text to show", Example = "\"J'accepte que l'association « 1000 cafés » conserve ma candidature…\"", EnglishExample = "\"I agree that the association “1000 cafés” keeps my candidature…\"")] string ConsentText,
    [property: Described("Jours donnés pour suivre le lien reçu par mail", "Days given to follow the link in the mail", Example = "7")] int ConfirmWithinDays);

internal sealed class ShowGerantFormEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerant-candidatures/form", (ISender sender, CancellationToken token) => sender.Send(new ShowGerantForm(), token).ToHttp())
        .Described(nameof(ShowGerantForm), "Lire ce que le formulaire public doit montrer", "Read what the public form must show")
        .Answers<GerantFormView>()
        .Refuses()
        .AllowAnonymous();
}

internal sealed class ShowGerantFormHandler(GerantFormSettings settings) : IRequestHandler<ShowGerantForm, Result<GerantFormView>>
{
    public Task<Result<GerantFormView>> Handle(ShowGerantForm request, CancellationToken cancellationToken)
    {
        var (text, language) = (ConsentText.Current, Language.Choose("fr", "en"));
        return Task.FromResult<Result<GerantFormView>>(new GerantFormView(text.Version, language, text.In(language), (int)Math.Ceiling(settings.ConfirmWithin.TotalDays)));
    }
}
