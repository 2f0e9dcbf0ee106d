using Carter;
using FluentValidation;
using Marten;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Audit;

/// <summary>Lists who did what, oldest first.</summary>
internal sealed record ListAuditEntries(
    [property: Described("Seulement ce qu'a fait ce client", "Only what this client did")] Guid? ClientId,
    [property: Described("Seulement ce qu'a fait cette clé", "Only what this key did")] Guid? KeyId,
    [property: Described("Seulement ce qui touche cet objet", "Only what concerns this object")] Guid? Subject,
    [property: Described("Seulement cette sorte d'objet", "Only this type of object", Example = "\"CommuneCandidature\"")] string? SubjectType,
    [property: Described("Seulement cette opération", "Only this operation", Example = "\"AcceptCommuneCandidature\"")] string? Operation,
    [property: Described("Seulement cette requête et ce qui en découle", "Only this request and what came of it", Example = "\"4bf92f3577b34da6a3ce929d0e0e4736\"")] string? TraceId,
    [property: Described("Seulement cet acte", "Only this act")] AuditAct? Act,
    [property: Described("À partir de cet instant", "From this instant on")] DateTimeOffset? Since,
    [property: Described("Avant cet instant", "Before this instant")] DateTimeOffset? Until,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<AuditEntryView>>>, IListRequest;

internal sealed class ListAuditEntriesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/access/audit", ([AsParameters] ListAuditEntries query, ISender sender, CancellationToken token) => sender.Send(query, token).ToHttp())
        .Described(nameof(ListAuditEntries), "Consulter l'audit", "Read the audit")
        .Noted("Chaque écriture et chaque lecture de données personnelles. Aucune opération ne change une entrée.",
            "Each write, and each reading of personal data. No operation changes an entry.")
        .Answers<Page<AuditEntryView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope(Scopes.AccessManage, HolderKind.Staff);
}

internal sealed class ListAuditEntriesValidator : ListValidator<ListAuditEntries>
{
    public ListAuditEntriesValidator()
    {
        RuleFor(query => query.SubjectType).MaximumLength(100);
        RuleFor(query => query.Operation).MaximumLength(100);
        RuleFor(query => query.TraceId).Matches(@"^[0-9a-f]{32}\z");
        RuleFor(query => query.Act).IsInEnum();
    }
}

internal sealed class ListAuditEntriesHandler(ModuleSession<IAccessStore> session, CurrentActor actor, AuditNames names, IHttpContextAccessor accessor)
    : IRequestHandler<ListAuditEntries, Result<Page<AuditEntryView>>>
{
    public async Task<Result<Page<AuditEntryView>>> Handle(ListAuditEntries request, CancellationToken cancellationToken)
    {
        if (await UnknownAsync(request, cancellationToken) is { Count: > 0 } faults)
        {
            return CommonErrors.Malformed with { Fields = [.. faults] };
        }

        var entries = Within(session.Query<AuditEntry>(), request);
        if (request.ClientId is { } client)
        {
            entries = entries.Where(entry => entry.ClientId == client);
        }

        if (request.KeyId is { } key)
        {
            entries = entries.Where(entry => entry.KeyId == key);
        }

        if (request.Subject is { } subject)
        {
            entries = entries.Where(entry => entry.Subjects.Contains(subject));
        }

        if (request.SubjectType is { } type)
        {
            entries = entries.Where(entry => entry.SubjectType == type);
        }

        if (request.Operation is { } operation)
        {
            entries = entries.Where(entry => entry.Operation == operation);
        }

        if (request.TraceId is { } trace)
        {
            entries = entries.Where(entry => entry.TraceId == trace);
        }

        if (request.Act is { } act)
        {
            entries = entries.Where(entry => entry.Act == act);
        }

        // Whoever reads here what was said of a person reads of the person
        var persons = actor.Holder?.MayReadPersonalData is true ? PersonsShown.Of(accessor.HttpContext!) : null;
        return await entries.ToPageAsync(request, entry => AuditEntryView.Of(entry, persons), cancellationToken);
    }

    // A misspelt name must not look as if nothing had happened; one of an earlier version stands in the entries only
    private async Task<IReadOnlyList<FieldError>> UnknownAsync(ListAuditEntries request, CancellationToken token)
    {
        var faults = new List<FieldError>();
        if (request.SubjectType is { } type && !names.SubjectTypes().Contains(type) && !await session.Query<AuditEntry>().AnyAsync(entry => entry.SubjectType == type, token))
        {
            faults.Add(FieldErrors.UnknownValue("/subjectType", AuditNames.Closest(type, names.SubjectTypes())));
        }

        if (request.Operation is { } operation && !names.Operations().Contains(operation) && !await session.Query<AuditEntry>().AnyAsync(entry => entry.Operation == operation, token))
        {
            faults.Add(FieldErrors.UnknownValue("/operation", AuditNames.Closest(operation, names.Operations())));
        }

        return faults;
    }

    private static IQueryable<AuditEntry> Within(IQueryable<AuditEntry> entries, ListAuditEntries request)
    {
        if (request.Since is { } since)
        {
            entries = entries.Where(entry => entry.At >= since);
        }

        return request.Until is { } until ? entries.Where(entry => entry.At < until) : entries;
    }
}
