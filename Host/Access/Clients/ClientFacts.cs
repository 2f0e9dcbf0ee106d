using FluentValidation;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Mail;
using MilleCafes.Shared.Organisations;

namespace MilleCafes.Host.Access.Clients;

/// <summary>What is asked of a client's facts, when it is made and when it is changed.</summary>
internal interface IClientFacts
{
    string? Name { get; }

    ClientKind? Kind { get; }

    IReadOnlyList<string>? Scopes { get; }

    string? Email { get; }

    string? InseeCode { get; }

    IReadOnlyList<Guid>? Cafes { get; }

    IReadOnlyList<string>? Programmes { get; }

    IReadOnlyList<string>? WritesIn { get; }

    string? Siret { get; }
}

/// <summary>Facts that were found fit, as a client keeps them.</summary>
internal static class ClientFacts
{
    public static Client With(this Client client, IClientFacts facts, CommuneRegistry communes) => client with
    {
        Name = facts.Name!,
        Kind = facts.Kind!.Value,
        Scopes = [.. facts.Scopes!.Distinct()],
        Email = facts.Email,
        InseeCode = communes.Find(facts.InseeCode)?.Commune.InseeCode,
        Cafes = [.. facts.Cafes ?? []],
        Programmes = [.. facts.Programmes ?? []],
        WritesIn = facts.WritesIn is { } limits ? [.. limits] : null,
        Siret = Siret.TryParse(facts.Siret, out var siret) ? siret.Value : null,
    };
}

/// <summary>Refuses facts that no client can have.</summary>
internal abstract class ClientFactsValidator<T> : AbstractValidator<T>
    where T : IClientFacts
{
    private const int Most = 200;

    protected ClientFactsValidator(ModuleCatalogue catalogue, CommuneRegistry communes)
    {
        RuleFor(client => client.Name).NotEmpty().MaximumLength(200);
        RuleFor(client => client.Kind).NotNull().IsInEnum();
        RuleFor(client => client.Scopes).NotNull();
        RuleForEach(client => client.Scopes).Must(Scopes.All(catalogue).Contains!)
            .WithErrorCode("unknown_scope").WithMessage(_ => Language.Choose("Cette portée n'existe pas.", "There is no such scope."));
        RuleForEach(client => client.Scopes).NotEqual(Scopes.AccessManage).When(client => client.Kind is not ClientKind.Staff)
            .WithErrorCode("staff_only").WithMessage(_ => Language.Choose("Cette portée est réservée à l'équipe.", "This scope is for the team."));
        RuleFor(client => client.Email).Cascade(CascadeMode.Stop).MaximumLength(254).EmailAddress().MailAddress();
        RuleFor(client => client.InseeCode).KnownCommune(communes);
        RuleFor(client => client.InseeCode).Must((client, code) => client.Kind is not ClientKind.Mairie || !string.IsNullOrWhiteSpace(code))
            .WithErrorCode("commune_required").WithMessage(_ => Language.Choose("Une mairie est celle d'une commune.", "A mairie is that of a commune."));
        RuleFor(client => client.InseeCode).Empty().When(client => client.Kind is not ClientKind.Mairie);
        RuleFor(client => client.Cafes).Must(cafes => cafes is null || cafes.Count <= Most).WithErrorCode("too_many").WithMessage(_ => TooMany);
        RuleFor(client => client.Cafes).Must((client, cafes) => client.Kind is not ClientKind.Gerant || cafes is { Count: > 0 })
            .WithErrorCode("cafe_required").WithMessage(_ => Language.Choose("Un gérant est celui d'au moins un café.", "A gérant is that of at least one café."));
        RuleForEach(client => client.Cafes).NotEmpty();
        RuleFor(client => client.Cafes).Empty().When(client => client.Kind is not (ClientKind.Gerant or ClientKind.Partner));
        RuleFor(client => client.Programmes).Must(programmes => programmes is null || programmes.Count <= Most).WithErrorCode("too_many").WithMessage(_ => TooMany);
        RuleFor(client => client.Programmes).Empty().When(client => client.Kind is not ClientKind.Partner);
        RuleForEach(client => client.Programmes).NotEmpty().MaximumLength(100);
        RuleFor(client => client.WritesIn).Empty().When(client => client.Kind is not ClientKind.Staff);
        RuleForEach(client => client.WritesIn).Must(code => !string.IsNullOrWhiteSpace(code))
            .WithErrorCode("not_empty").WithMessage(_ => Language.Choose("Il faut le code d'un département.", "The code of a département is needed."))
            .KnownDepartement(communes);
        RuleFor(client => client.Siret).MaximumLength(30).IsSiret();
    }

    private static string TooMany => Language.Choose($"{Most} au plus.", $"{Most} at most.");
}
