using MilleCafes.Shared;

namespace MilleCafes.Host.Operations.Settings;

/// <summary>How standard output is written, and how much.</summary>
/// <param name="Json">One JSON object a line, for programs; otherwise lines for the person at the terminal.</param>
internal sealed record LogSettings(bool Json)
{
    private static readonly string[] Levels = Enum.GetNames<LogLevel>();

    public static LogSettings Read(SettingsReader read)
    {
        _ = read.Choice("Logging:LogLevel:Default", nameof(LogLevel.Information), Levels);
        return new(read.Choice("Telemetry:Console", read.IsDevelopment ? "text" : "json", "json", "text") == "json");
    }
}
