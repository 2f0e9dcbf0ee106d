using System.Collections.Immutable;
using MilleCafes.Host.Platform;

namespace MilleCafes.Host.Webhooks;

/// <summary>What an operator may change: the section <c>Webhooks</c> of the configuration.</summary>
public sealed record WebhookSettings
{
    /// <summary>Lets endpoints be on this machine, over plain HTTP; for development.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>How long an endpoint has to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait after each failed attempt; after the last one the delivery has failed.</summary>
    public ImmutableArray<TimeSpan> RetryDelays { get; init; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long a subscription may take nothing before it is disabled.</summary>
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>How long events and deliveries are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <exception cref="InvalidCommandLineException">A setting is not of its form.</exception>
    public static WebhookSettings From(IConfiguration configuration, IHostEnvironment environment)
    {
        try
        {
            return Read(configuration, environment);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidCommandLineException(
                $"une valeur de la section Webhooks n'est pas de la forme attendue : {exception.Message}",
                $"a value of the section Webhooks is not of the expected form: {exception.Message}",
                exception);
        }
    }

    private static WebhookSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("Webhooks");
        var settings = new WebhookSettings { AllowLoopback = section.GetValue(nameof(AllowLoopback), environment.IsDevelopment()) };
        settings = settings with
        {
            Timeout = section.GetValue(nameof(Timeout), settings.Timeout),
            DisableAfter = section.GetValue(nameof(DisableAfter), settings.DisableAfter),
            Retention = section.GetValue(nameof(Retention), settings.Retention),
        };
        // One by one: bound as a list, a delay that is none would be left out in silence
        var delays = section.GetSection(nameof(RetryDelays)).GetChildren().Select(delay => section.GetValue<TimeSpan>($"{nameof(RetryDelays)}:{delay.Key}")).ToImmutableArray();
        return delays.IsEmpty ? settings : settings with { RetryDelays = delays };
    }
}
