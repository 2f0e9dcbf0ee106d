namespace MilleCafes.Recruitment;

/// <summary>Days as the network counts them: those of Paris.</summary>
internal static class LocalDays
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>The first instant of the day after.</summary>
    public static DateTimeOffset End(DateOnly day)
    {
        var midnight = (day < DateOnly.MaxValue ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue);
        return new(TimeZoneInfo.ConvertTimeToUtc(midnight, Paris), TimeSpan.Zero);
    }

    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Paris).DateTime);
}
