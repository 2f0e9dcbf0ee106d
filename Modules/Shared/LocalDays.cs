using System.Globalization;

namespace MilleCafes.Shared;

/// <summary>Days as the network counts them: those of Paris; instants are UTC.</summary>
public static class LocalDays
{
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
    public static string InFrench(DateTimeOffset instant) => InParis(instant).ToString("dddd d MMMM yyyy 'à' H 'h' mm '(heure de Paris)'", CultureInfo.GetCultureInfo("fr-FR"));

    /// <summary>As an English mail tells it.</summary>
    public static string InEnglish(DateTimeOffset instant) => InParis(instant).ToString("dddd d MMMM yyyy 'at' HH:mm '(Paris time)'", CultureInfo.GetCultureInfo("en-GB"));

    /// <summary>As a French mail tells a day.</summary>
    public static string InFrench(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.GetCultureInfo("fr-FR"));

    /// <summary>As an English mail tells a day.</summary>
    public static string InEnglish(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));

    private static DateTimeOffset InParis(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Paris);
}
