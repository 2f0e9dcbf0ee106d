using System.Collections.Immutable;
using MilleCafes.Host.Operations.Settings;

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

    public static WebhookSettings Read(SettingsReader read)
    {
        var usual = new WebhookSettings();
        return new()
        {
            AllowLoopback = read.Flag("Webhooks:AllowLoopback", read.IsDevelopment),
            Timeout = read.Duration("Webhooks:Timeout", usual.Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)),
            RetryDelays = read.Durations("Webhooks:RetryDelays", usual.RetryDelays, TimeSpan.Zero, TimeSpan.FromDays(7)),
        };
    }
}
