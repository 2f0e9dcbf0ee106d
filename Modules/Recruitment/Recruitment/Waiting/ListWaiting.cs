using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Waiting;

/// <summary>What waits: with each kind, all that belongs to it.</summary>
internal enum WaitingKind
{
    CommuneCandidature,
    CafeCandidature,
    GeranceOffer,
    GerantCandidature,
}

/// <summary>Lists what waits, on whom and since when, the longest first.</summary>
internal sealed record ListWaiting(
    [property: Described("Seulement ce qui attend cette partie", "Only what waits on these")] WaitingOn? On,
    [property: Described("Seulement ce qui est suivi par cette antenne", "Only what this antenne follows")] Antenne? Antenne,
    [property: Described("Seulement ce genre", "Only this kind")] WaitingKind? Kind,
    [property: Described(
        "Seulement ce qui a changé depuis cet instant. Cette liste ne se tient pas à jour par morceaux : ce qui n'attend plus n'y est pas dit, `ended` reste vide",
        "Only what has changed since this instant. This list is not kept in step by pieces: what waits no more is not told, `ended` stays empty")] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<WaitingView>>>, IListRequest;

internal sealed record WaitingView(
    [property: Described("Le genre", "The kind")] WaitingKind Kind,
    [property: Described("Ce qui attend : une candidature, une offre, un entretien, une fiche, une immersion ou une présentation", "What waits: a candidature, an offer, an interview, a scorecard, an immersion or a presentation")] Guid Id,
    [property: Described("La candidature du gérant dont il s'agit, s'il y en a une", "The gérant's candidature that it is about, when there is one")] Guid? GerantCandidatureId,
    [property: Described(
        "Ce qui est attendu. Après le non de la mairie, `decisionAfterNo` : présenter ailleurs ou refuser ; après son oui, `selection`, ou `anotherOffer` quand l'offre n'est plus à prendre : retirée, pourvue ou réservée à quelqu'un d'autre",
        "What is waited for. After the mairie's no, `decisionAfterNo`: to present elsewhere or refuse; after its yes, `selection`, or `anotherOffer` when the offer can no longer be had: withdrawn, filled or reserved for somebody else")] WaitingFor For,
    [property: Described("De qui", "On whom")] WaitingOn On,
    [property: Described("Depuis quand", "Since when")] DateTimeOffset Since,
    [property: Described("Jusqu'à quel jour, quand un jour a été fixé : pour des corrections, un avis ou une visite", "Until which day, when a day was set: for corrections, an opinion or a visit", Example = "null")] DateOnly? Until,
    [property: Described("Code INSEE de la commune dont il s'agit : celle de la lettre ou de l'offre ; nul quand il n'y en a pas encore, et pour un entretien, une fiche ou une immersion", "INSEE code of the commune that it is about: that of the letter or of the offer; null when there is none yet, and for an interview, a scorecard or an immersion", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Nom de cette commune", "Name of that commune", Example = "\"Sénergues\"")] string? CommuneName,
    [property: Described("Le département", "The département", Example = "\"12\"")] string? Departement,
    [property: Described("L'antenne ; nulle en Corse et outre-mer", "The antenne; null in Corsica and overseas")] Antenne? Antenne);

internal sealed class ListWaitingEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/waiting", ([AsParameters] ListWaiting query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListWaiting), "Lister ce qui attend", "List what waits")
        .Noted("Ce qui attend depuis le plus longtemps vient d'abord. Les candidatures de gérants qui ne sont pas confirmées n'y sont pas ; d'une candidature, ce qui n'est pas de son étape n'attend plus.",
            "What has waited longest comes first. Candidatures of gérants that are not confirmed are not in it; of a candidature, what is not of its stage waits no more.")
        .Answers<Page<WaitingView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff);
}

internal sealed class ListWaitingValidator : ListValidator<ListWaiting>
{
    public ListWaitingValidator()
    {
        RuleFor(query => query.On).IsInEnum();
        RuleFor(query => query.Antenne).IsInEnum();
        RuleFor(query => query.Kind).IsInEnum();
    }
}

internal sealed class ListWaitingHandler(WaitingSources sources, TimeProvider time) : IRequestHandler<ListWaiting, Result<Page<WaitingView>>>
{
    public async Task<Result<Page<WaitingView>>> Handle(ListWaiting request, CancellationToken cancellationToken)
    {
        var size = request.Limit ?? Paging.DefaultLimit;
        Paging.TryParse(typeof(ListWaiting), request.After, out var after);
        // Each source is asked for a whole page: which of them the page is made of is known only then
        var rows = await sources.ReadAsync(request, after, WaitingDocument.KeyOf(time.GetUtcNow(), Guid.AllBitsSet), size + 1, cancellationToken);
        var page = rows.OrderBy(row => row.Key).Take(size + 1).ToList();
        return new Page<WaitingView>(
            await sources.ViewsAsync([.. page.Take(size)], cancellationToken),
            page.Count > size ? Paging.Cursor(typeof(ListWaiting), page[size - 1].Key) : null,
            request.UpdatedSince is null ? null : []);
    }
}
