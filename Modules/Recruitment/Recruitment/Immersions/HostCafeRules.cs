using FluentValidation;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>What is told of a host café, when it is added and when it changes.</summary>
internal interface IHostCafeFacts
{
    string? Name { get; }

    string? InseeCode { get; }

    int? CapacityPerDay { get; }

    IReadOnlyList<string>? Languages { get; }

    Guid? ClientId { get; }
}

internal abstract class HostCafeValidator<T> : AbstractValidator<T>
    where T : IHostCafeFacts
{
    private const int MostLanguages = 10;

    protected HostCafeValidator()
    {
        RuleFor(cafe => cafe.Name).NotEmpty().MaximumLength(200);
        RuleFor(cafe => cafe.InseeCode).IsInseeCode();
        RuleFor(cafe => cafe.CapacityPerDay).NotNull().InclusiveBetween(1, 10);
        RuleFor(cafe => cafe.Languages).Must(languages => languages is null || languages.Count <= MostLanguages).WithErrorCode("too_many")
            .WithMessage(_ => Language.Choose($"Au plus {MostLanguages} langues.", $"At most {MostLanguages} languages."));
        RuleForEach(cafe => cafe.Languages).NotEmpty().Matches(@"^[a-z]{2}\z");
    }
}

internal static class HostCafeReading
{
    /// <summary>The facts with the commune they name; null when there is none of that code.</summary>
    public static HostCafeFacts? Read(this IHostCafeFacts facts, CommuneRegistry communes) => communes.Find(facts.InseeCode!)?.Commune is { } commune
        ? new(facts.Name!, commune, facts.CapacityPerDay!.Value, facts.Languages is [_, ..] languages ? [.. languages.Distinct()] : ["fr"], facts.ClientId)
        : null;

    /// <summary>Whoever gives the café's feedback runs one.</summary>
    public static IReadOnlyList<NamedClient> Clients(this IHostCafeFacts facts) => facts.ClientId is { } client ? [new(client, HolderKind.Gerant)] : [];
}
