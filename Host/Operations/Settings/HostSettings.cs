using MilleCafes.Host.Mail;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Webhooks;

namespace MilleCafes.Host.Operations.Settings;

/// <summary>What was read, by its class.</summary>
internal sealed record SettingsValues(IReadOnlyDictionary<Type, object> ByType)
{
    public T Of<T>() => (T)ByType[typeof(T)];
}

/// <summary>Everything that an operator can set. A class of settings joins by one line.</summary>
internal static class HostSettings
{
    private static readonly SettingsClass[] Classes =
    [
        SettingsClass.Of(ServerSettings.Read),
        SettingsClass.Of(HttpSettings.Read),
        SettingsClass.Of(DatabaseSettings.Read),
        SettingsClass.Of(LogSettings.Read),
        SettingsClass.Of(TelemetrySettings.Read),
        SettingsClass.Of(WebhookSettings.Read),
        SettingsClass.Of(SmtpSettings.Read),
    ];

    /// <summary>Every setting that some class reads.</summary>
    public static IReadOnlyList<DeclaredSetting> Declared(IHostEnvironment environment)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().Build(), environment);
        _ = Read(reader);
        return reader.Declared;
    }

    /// <summary>Each class of settings as a service of its own.</summary>
    /// <exception cref="InvalidSettingsException">Some value is none; all the faults are told.</exception>
    public static SettingsValues AddSettings(this WebApplicationBuilder builder)
    {
        var values = Check(builder.Configuration, builder.Environment);
        foreach (var (type, settings) in values.ByType)
        {
            builder.Services.AddSingleton(type, settings);
        }

        return values;
    }

    /// <summary>Reads every setting; the whole list of faults stops the start, not the first of them.</summary>
    /// <exception cref="InvalidSettingsException">Some value is none; all the faults are told.</exception>
    public static SettingsValues Check(IConfigurationRoot configuration, IHostEnvironment environment)
    {
        var reader = new SettingsReader(configuration, environment);
        var settings = Read(reader);
        string[] faults = [.. reader.Faults, .. UnknownSettings.Of(configuration, reader.Declared)];
        return faults.Length == 0 ? settings : throw new InvalidSettingsException(faults);
    }

    private static SettingsValues Read(SettingsReader reader) => new(Classes.ToDictionary(declared => declared.Type, declared => declared.Read(reader)));

    private sealed record SettingsClass(Type Type, Func<SettingsReader, object> Read)
    {
        public static SettingsClass Of<T>(Func<SettingsReader, T> read)
            where T : class => new(typeof(T), read);
    }
}
