using System.Collections.Immutable;

namespace MilleCafes.Host.Webhooks;

/// <summary>What an operator may change: the section <c>Webhooks</c> of the configuration.</summary>
internal sealed record WebhookSettings
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

    public static WebhookSettings From(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("Webhooks");
        var settings = new WebhookSettings { AllowLoopback = section.GetValue(nameof(AllowLoopback), environment.IsDevelopment()) };
        settings = settings with { Timeout = section.GetValue(nameof(Timeout), settings.Timeout) };
        return section.GetSection(nameof(RetryDelays)).Get<TimeSpan[]>() is { } delays ? settings with { RetryDelays = [.. delays] } : settings;
    }
}
