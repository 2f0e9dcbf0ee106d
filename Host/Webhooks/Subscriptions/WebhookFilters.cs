using FluentValidation;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>The filters of a subscription on the wire; a list that is not there, or is empty, filters nothing.</summary>
internal sealed record WebhookFilters(
    [property: Described("Seulement ce qui se passe dans ces départements", "Only what happens in these départements", Example = "[\"12\", \"2A\"]")] IReadOnlyList<string>? Departements = null,
    [property: Described("Seulement ce qui se passe dans ces communes", "Only what happens in these communes", Example = "[\"12268\"]")] IReadOnlyList<string>? InseeCodes = null,
    [property: Described("Seulement ce qui concerne ces cafés", "Only what is about these cafés", Example = "[]")] IReadOnlyList<Guid>? CafeIds = null,
    [property: Described("Seulement ce qui relève de ces programmes", "Only what belongs to these programmes", Example = "[]")] IReadOnlyList<string>? Programmes = null)
{
    public static WebhookFilters Of(SubscriptionFilter filter) => new(filter.Departements, filter.InseeCodes, filter.CafeIds, filter.Programmes);

    /// <summary>The filter with the lists given here; merged communes count as the commune of today.</summary>
    public SubscriptionFilter ApplyTo(SubscriptionFilter known, CommuneRegistry communes) => new(
        Departements is null ? known.Departements : [.. Departements.Select(code => communes.FindDepartement(code)?.Code ?? code).Distinct()],
        InseeCodes is null ? known.InseeCodes : [.. InseeCodes.Select(code => communes.Find(code)?.Commune.InseeCode ?? code).Distinct()],
        CafeIds is null ? known.CafeIds : [.. CafeIds.Distinct()],
        Programmes is null ? known.Programmes : [.. Programmes.Distinct()]);
}

internal sealed class WebhookFiltersValidator : AbstractValidator<WebhookFilters>
{
    private const int Most = 200;

    public WebhookFiltersValidator(CommuneRegistry communes)
    {
        RuleForEach(filters => filters.Departements).NotEmpty().KnownDepartement(communes);
        RuleForEach(filters => filters.InseeCodes).NotEmpty().KnownCommune(communes);
        RuleForEach(filters => filters.CafeIds).NotEmpty();
        RuleForEach(filters => filters.Programmes).NotEmpty().MaximumLength(100);
        RuleFor(filters => filters.Departements).Must(AreFew).WithErrorCode("too_many").WithMessage(_ => TooMany);
        RuleFor(filters => filters.InseeCodes).Must(AreFew).WithErrorCode("too_many").WithMessage(_ => TooMany);
        RuleFor(filters => filters.CafeIds).Must(AreFew).WithErrorCode("too_many").WithMessage(_ => TooMany);
        RuleFor(filters => filters.Programmes).Must(AreFew).WithErrorCode("too_many").WithMessage(_ => TooMany);
    }

    private static string TooMany => Language.Choose($"{Most} au plus.", $"{Most} at most.");

    private static bool AreFew<T>(IReadOnlyList<T>? list) => list is null || list.Count <= Most;
}
