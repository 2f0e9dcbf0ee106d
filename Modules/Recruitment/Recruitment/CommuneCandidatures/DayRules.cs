using FluentValidation;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Days that are still to come, and days that have.</summary>
internal static class DayRules
{
    /// <summary>Asks for a day, today or later.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> ComingDay<T>(this IRuleBuilder<T, DateOnly?> rule, TimeProvider time) => rule
        .NotNull()
        .Must(day => day is null || day >= time.Today()).WithErrorCode("in_the_past").WithMessage(_ => Language.Choose("Ce jour est passé.", "This day has passed."));

    /// <summary>Refuses a day that has not come.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> PastDay<T>(this IRuleBuilder<T, DateOnly?> rule, TimeProvider time) => rule
        .Must(day => day is null || day <= time.Today()).WithErrorCode("in_the_future").WithMessage(_ => Language.Choose("Ce jour n'est pas encore venu.", "This day has not come yet."));
}
