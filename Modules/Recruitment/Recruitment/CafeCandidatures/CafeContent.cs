using FluentValidation;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.CafeCandidatures;

internal sealed record CafeYearView(
    [property: Described("L'année", "The year", Example = "2025")] int? Year,
    [property: Described("Chiffre d'affaires hors taxes, en centimes d'euro", "Revenue before tax, in cents of euros", Example = "6200000")] long? RevenueCents,
    [property: Described("Charges, en centimes d'euro", "Costs, in cents of euros", Example = "5900000")] long? CostsCents,
    [property: Described("Jours d'ouverture", "Days open", Example = "240")] int? DaysOpen);

internal sealed record CafeContactView(
    [property: Described("Nom de l'interlocuteur", "Name of the contact", Example = "\"Dominique Exemple\"")] string? Name,
    [property: Described("Son adresse électronique", "Their e-mail", Example = "\"cafe@example.org\"")] string? Email,
    [property: Described("Son téléphone", "Their telephone")] string? Phone = null);

/// <summary>What is asked of a café's facts, when it applies and when they change.</summary>
internal interface ICafeContent
{
    string? CafeName { get; }

    bool? CarriedByGerant { get; }

    bool? LastCafeOfCommune { get; }

    DedicatedSpace? DedicatedSpace { get; }

    DrinksLicence? Licence { get; }

    IReadOnlyList<CafeYearView>? Years { get; }

    CafeContactView? Contact { get; }

    IReadOnlyList<WeakeningCause>? Causes { get; }

    string? Weakness { get; }

    int? OpenedIn { get; }
}

/// <summary>Content that was found fit, as a candidature keeps it.</summary>
internal static class CafeContent
{
    /// <summary>An example of years.</summary>
    public const string Years = """[{"year": 2024, "revenueCents": 6000000, "costsCents": 5900000, "daysOpen": 236}, {"year": 2025, "revenueCents": 6200000, "costsCents": 5900000, "daysOpen": 240}]""";

    public static CafeFacts Facts(this ICafeContent content) => new(
        content.CafeName!,
        content.CarriedByGerant!.Value,
        content.LastCafeOfCommune!.Value,
        content.DedicatedSpace!.Value,
        content.Licence!.Value,
        [.. (content.Causes ?? []).Distinct().Order()],
        content.Weakness,
        [.. content.Years!.Select(year => new CafeYear(year.Year!.Value, year.RevenueCents!.Value, year.CostsCents!.Value, year.DaysOpen!.Value)).OrderBy(year => year.Year)],
        new(content.Contact!.Name!, content.Contact.Email!, content.Contact.Phone))
    {
        OpenedIn = content.OpenedIn,
    };
}

/// <summary>Refuses facts that no café can have.</summary>
internal abstract class CafeContentValidator<T> : AbstractValidator<T>
    where T : ICafeContent
{
    private const int MostYears = 2;
    private const int OldestCafe = 1500;
    private const int MostCauses = 50;
    private const int FirstYear = 1990;
    private const int LastYear = 9999;
    private const int MostDays = 366;

    // A hundred million euros a year is a slip
    private const long MostCents = 10_000_000_000;

    protected CafeContentValidator(TimeProvider time)
    {
        RuleFor(cafe => cafe.CafeName).NotEmpty().MaximumLength(200);
        RuleFor(cafe => cafe.CarriedByGerant).NotNull();
        RuleFor(cafe => cafe.LastCafeOfCommune).NotNull();
        RuleFor(cafe => cafe.DedicatedSpace).NotNull().IsInEnum();
        RuleFor(cafe => cafe.Licence).NotNull().IsInEnum();
        RuleFor(cafe => cafe.Causes).Must(causes => causes is null || causes.Count <= MostCauses).WithErrorCode("too_many").WithMessage(_ => TooMany(MostCauses));
        RuleForEach(cafe => cafe.Causes).IsInEnum();
        RuleFor(cafe => cafe.Weakness).MaximumLength(8_000);
        RuleFor(cafe => cafe.Years).NotEmpty();
        RuleFor(cafe => cafe.Years).Must(years => years is null || years.Count <= MostYears).WithErrorCode("too_many").WithMessage(_ => TooMany(MostYears));
        RuleFor(cafe => cafe.Years).Must(years => years is null || years.Where(year => year is not null).Select(year => year.Year).Distinct().Count() == years.Count)
            .WithErrorCode("same_year").WithMessage(_ => Language.Choose("Il faut des années distinctes.", "The years have to be distinct."));
        // Whoever opened before last year has two years behind them
        RuleFor(cafe => cafe.Years).Must((cafe, years) => years is not { Count: 1 } || cafe.OpenedIn >= time.Today().Year - 1).WithErrorCode("two_years_required").WithMessage(_ => Language.Choose(
            "Il faut les chiffres de deux années ; une suffit à un café ouvert l'an dernier ou cette année, qui dit quand (openedIn).",
            "Figures of two years are needed; one will do for a café that opened last year or this year, and says when (openedIn)."));
        RuleFor(cafe => cafe.Years).Must((cafe, years) => years is null || !years.Any(year => year?.Year < cafe.OpenedIn))
            .WithErrorCode("contradiction").WithMessage(_ => Language.Choose("Une année est d'avant l'ouverture du café (openedIn).", "A year is before the café opened (openedIn)."));
        RuleFor(cafe => cafe.OpenedIn).InclusiveBetween(OldestCafe, LastYear).PastYear(time);
        RuleForEach(cafe => cafe.Years).NotNull().ChildRules(year =>
        {
            year.RuleFor(value => value.Year).Cascade(CascadeMode.Stop).NotNull().InclusiveBetween(FirstYear, LastYear).RecentYear(time);
            year.RuleFor(value => value.RevenueCents).NotNull().InclusiveBetween(0, MostCents);
            year.RuleFor(value => value.CostsCents).NotNull().InclusiveBetween(0, MostCents);
            year.RuleFor(value => value.DaysOpen).NotNull().InclusiveBetween(0, MostDays);
            year.RuleFor(value => value.DaysOpen).Must((value, days) => days is not MostDays || value.Year is not (>= FirstYear and <= LastYear) || DateTime.IsLeapYear(value.Year.Value))
                .WithErrorCode("contradiction").WithMessage(_ => Language.Choose("Cette année (year) a un jour de moins.", "That year (year) has one day less."));
        });
        RuleFor(cafe => cafe.Contact).NotNull().ChildRules(contact =>
        {
            contact.RuleFor(value => value!.Name).NotEmpty().MaximumLength(200);
            contact.RuleFor(value => value!.Email).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(320).EmailAddress().MailAddress();
            contact.RuleFor(value => value!.Phone).MaximumLength(40);
        });
    }

    private static string TooMany(int most) => Language.Choose($"{most} au plus.", $"{most} at most.");
}
