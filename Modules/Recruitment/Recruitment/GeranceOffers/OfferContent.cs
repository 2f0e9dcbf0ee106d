using FluentValidation;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

internal sealed record OfferHousingView(
    [property: Described("Vrai si un logement est proposé", "Whether housing is offered", Example = "true")] bool? Provided,
    [property: Described("Le logement en quelques mots", "The housing in a few words", Example = "\"Trois pièces au-dessus du café\"")] string? Description = null);

/// <summary>What is asked of an offer, when it is drafted and when it is changed.</summary>
internal interface IOfferContent
{
    string? Title { get; }

    CafeModel? Model { get; }

    OfferHousingView? Housing { get; }

    int? GuaranteedRemunerationCents { get; }

    DateOnly? StartsOn { get; }

    string? LookingFor { get; }

    IReadOnlyList<CafeService>? ServicesExpected { get; }

    DateOnly? ExpiresOn { get; }
}

/// <summary>Content that was found fit, as an offer keeps it.</summary>
internal static class OfferContent
{
    public static OfferFacts Facts(this IOfferContent content) => new(
        content.Title,
        content.Model,
        content.Housing is { } housing ? new(housing.Provided!.Value, housing.Description) : null,
        content.GuaranteedRemunerationCents,
        content.StartsOn,
        content.LookingFor,
        [.. (content.ServicesExpected ?? []).Distinct().Order()],
        content.ExpiresOn);
}

/// <summary>Refuses what no offer can say, draft or not.</summary>
internal abstract class OfferContentValidator<T> : AbstractValidator<T>
    where T : IOfferContent
{
    // A hundred thousand euros a month is a slip
    private const int MostCents = 10_000_000;
    private const int MostServices = 50;

    protected OfferContentValidator()
    {
        RuleFor(offer => offer.Title).MaximumLength(200);
        RuleFor(offer => offer.Model).IsInEnum();
        RuleFor(offer => offer.Housing!).ChildRules(housing =>
        {
            housing.RuleFor(value => value.Provided).NotNull();
            housing.RuleFor(value => value.Description).MaximumLength(2_000);
        });
        RuleFor(offer => offer.GuaranteedRemunerationCents).InclusiveBetween(0, MostCents);
        RuleFor(offer => offer.LookingFor).MaximumLength(8_000);
        RuleFor(offer => offer.ServicesExpected).Must(services => services is null || services.Count <= MostServices)
            .WithErrorCode("too_many").WithMessage(_ => Language.Choose($"{MostServices} au plus.", $"{MostServices} at most."));
        RuleForEach(offer => offer.ServicesExpected).IsInEnum();
    }
}
