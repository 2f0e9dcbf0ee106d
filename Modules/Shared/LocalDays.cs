using System.Globalization;

namespace MilleCafes.Shared;

/// <summary>Days as the network counts them: those of Paris; instants are UTC.</summary>
public static class LocalDays
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>The day that it is in Paris.</summary>
    public static DateOnly Today(this TimeProvider time) => Of(time.GetUtcNow());

    /// <summary>The day that it was in Paris at this instant.</summary>
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(InParis(instant).DateTime);

    /// <summary>The first instant of the day after.</summary>
    public static DateTimeOffset End(DateOnly day)
    {
        var midnight = (day < DateOnly.MaxValue ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue);
        return new(TimeZoneInfo.ConvertTimeToUtc(midnight, Paris), TimeSpan.Zero);
    }

    /// <summary>As a French mail tells it.</summary>
    public static string InFrench(DateTimeOffset instant) => $"{InFrench(Of(instant))} à {InParis(instant).ToString("H 'h' mm", French)} (heure de Paris)";

    /// <summary>As an English mail tells it.</summary>
    public static string InEnglish(DateTimeOffset instant) => $"{InEnglish(Of(instant))} at {InParis(instant).ToString("HH:mm", English)} (Paris time)";

    /// <summary>As a French mail tells a day.</summary>
    public static string InFrench(DateOnly day) => $"{day.ToString("dddd", French)} {DateInFrench(day)}";

    /// <summary>As an English mail tells a day.</summary>
    public static string InEnglish(DateOnly day) => $"{day.ToString("dddd", English)} {DateInEnglish(day)}";

    /// <summary>The first of a month is an ordinal.</summary>
    public static string DateInFrench(DateOnly day) => $"{(day.Day == 1 ? "1er" : $"{day.Day}")} {day.ToString("MMMM yyyy", French)}";

    /// <summary>The day without its name in the week.</summary>
    public static string DateInEnglish(DateOnly day) => day.ToString("d MMMM yyyy", English);

    /// <summary>From one day to another, or that day alone, in French.</summary>
    public static string InFrench(DateOnly first, DateOnly last) => first == last ? $"le {InFrench(first)}" : $"du {InFrench(first)} au {InFrench(last)}";

    /// <summary>From one day to another, or that day alone, in English.</summary>
    public static string InEnglish(DateOnly first, DateOnly last) => first == last ? $"on {InEnglish(first)}" : $"from {InEnglish(first)} to {InEnglish(last)}";

    private static DateTimeOffset InParis(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Paris);
}
