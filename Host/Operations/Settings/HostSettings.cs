using MilleCafes.Host.Platform;
using MilleCafes.Host.Webhooks;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Host.Operations.Settings;

/// <summary>What was read, by its class.</summary>
internal sealed record SettingsValues(IReadOnlyDictionary<Type, object> ByType)
{
    public T Of<T>() => (T)ByType[typeof(T)];
}

/// <summary>Everything that an operator can set. A class of settings joins by one line; a module declares its own.</summary>
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
        SettingsClass.Of(Antennes.Read),
    ];

    /// <summary>Every setting that some class reads.</summary>
    public static IReadOnlyList<DeclaredSetting> Declared(IHostEnvironment environment)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().Build(), environment);
        _ = Read(reader, MilleCafesApplication.Modules);
        return reader.Declared;
    }

    /// <summary>Each class of settings as a service of its own.</summary>
    /// <exception cref="InvalidSettingsException">Some value is none; all the faults are told.</exception>
    public static SettingsValues AddSettings(this WebApplicationBuilder builder, IEnumerable<IModule> modules)
    {
        var values = Check(builder.Configuration, builder.Environment, modules);
        foreach (var (type, settings) in values.ByType)
        {
            builder.Services.AddSingleton(type, settings);
        }

        return values;
    }

    /// <summary>Reads every setting; the whole list of faults stops the start, not the first of them.</summary>
    /// <param name="modules">The product's, unless told.</param>
    /// <exception cref="InvalidSettingsException">Some value is none; all the faults are told.</exception>
    public static SettingsValues Check(IConfigurationRoot configuration, IHostEnvironment environment, IEnumerable<IModule>? modules = null)
    {
        var reader = new SettingsReader(configuration, environment);
        var settings = Read(reader, modules ?? MilleCafesApplication.Modules);
        string[] faults = [.. reader.Faults, .. UnknownSettings.Of(configuration, reader.Declared)];
        return faults.Length == 0 ? settings : throw new InvalidSettingsException(faults);
    }

    private static SettingsValues Read(SettingsReader reader, IEnumerable<IModule> modules) =>
        new(Classes.Concat(modules.SelectMany(module => module.Settings)).ToDictionary(declared => declared.Type, declared => declared.Read(reader)));
}
