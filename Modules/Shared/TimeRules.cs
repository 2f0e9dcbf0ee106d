using FluentValidation;

namespace MilleCafes.Shared;

/// <summary>What is asked of days and instants: that they have come, that they are still to come, or that they are no slip of the pen.</summary>
public static class TimeRules
{
    /// <summary>What is written down late is not older, and what is planned not further away.</summary>
    private const int MostYears = 5;

    /// <summary>Asks for a day, today or later.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> ComingDay<T>(this IRuleBuilder<T, DateOnly?> rule, TimeProvider time) => rule
        .NotNull()
        .Must(day => day is null || day >= time.Today()).WithErrorCode("in_the_past").WithMessage(_ => Language.Choose("Ce jour est passé.", "This day has passed."));

    /// <summary>Refuses a day that has not come.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> PastDay<T>(this IRuleBuilder<T, DateOnly?> rule, TimeProvider time) => rule
        .Must(day => day is null || day <= time.Today()).WithErrorCode("in_the_future").WithMessage(_ => Language.Choose("Ce jour n'est pas encore venu.", "This day has not come yet."));

    /// <summary>Refuses an instant that has not passed.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset?> Passed<T>(this IRuleBuilder<T, DateTimeOffset?> rule, TimeProvider time) => rule
        .Must(instant => instant is null || instant <= time.GetUtcNow())
        .WithErrorCode("in_the_future").WithMessage(_ => Language.Choose("Cet instant n'est pas encore passé.", "This instant has not passed yet."));

    /// <summary>Refuses a day of years ago.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> NotLongAgo<T>(this IRuleBuilder<T, DateOnly?> rule, TimeProvider time, int years = MostYears) =>
        rule.Must(day => day is null || IsRecent(day.Value, time, years)).WithErrorCode("in_the_past").WithMessage(_ => LongAgo(years));

    /// <summary>Refuses a year that has not come, and one of long ago.</summary>
    public static IRuleBuilderOptions<T, int?> RecentYear<T>(this IRuleBuilder<T, int?> rule, TimeProvider time) => rule
        .PastYear(time)
        .Must(year => year is null || year >= time.Today().Year - MostYears).WithErrorCode("in_the_past").WithMessage(_ => LongAgo(MostYears));

    /// <summary>Refuses a year that has not come.</summary>
    public static IRuleBuilderOptions<T, int?> PastYear<T>(this IRuleBuilder<T, int?> rule, TimeProvider time) => rule
        .Must(year => year is null || year <= time.Today().Year).WithErrorCode("in_the_future").WithMessage(_ => Language.Choose("Cette année n'est pas encore venue.", "This year has not come yet."));

    /// <summary>Refuses an instant of years ago.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset?> NotLongAgo<T>(this IRuleBuilder<T, DateTimeOffset?> rule, TimeProvider time) =>
        rule.Must(instant => instant is null || IsRecent(LocalDays.Of(instant.Value), time, MostYears)).WithErrorCode("in_the_past").WithMessage(_ => LongAgo(MostYears));

    /// <summary>Refuses a day in years to come.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> NotFarAway<T>(this IRuleBuilder<T, DateOnly?> rule, TimeProvider time) => rule
        .Must(day => day is null || day <= time.Today().AddYears(MostYears)).WithErrorCode("in_the_future")
        .WithMessage(_ => Language.Choose($"Dans {MostYears} ans au plus.", $"At most {MostYears} years from now."));

    private static string LongAgo(int years) => Language.Choose($"Il y a {years} ans au plus.", $"At most {years} years ago.");

    private static bool IsRecent(DateOnly day, TimeProvider time, int years) => day >= time.Today().AddYears(-years);
}
