using System.Collections.Immutable;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks;

/// <summary>What an operator may change: the section <c>Webhooks</c> of the configuration.</summary>
public sealed record WebhookSettings
{
    /// <summary>Lets endpoints be on this machine, and those over plain HTTP too; for development.</summary>
    public bool AllowLoopback { get; init; }

    // Below the minute that a message handler has: an attempt must end, and be written down, before it is broken off
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(45);

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

    /// <summary>Protects the secrets in the database: 32 bytes in base64.</summary>
    internal string? SecretsKey { get; init; }

    /// <summary>Where that key is when it is not given.</summary>
    internal string? SecretsKeyFile { get; init; }

    internal static WebhookSettings Read(SettingsReader read)
    {
        var usual = new WebhookSettings();
        return new()
        {
            AllowLoopback = read.Flag("Webhooks:AllowLoopback", read.IsDevelopment),
            Timeout = read.Duration("Webhooks:Timeout", usual.Timeout, TimeSpan.FromMilliseconds(1), LongestTimeout),
            RetryDelays = read.Durations("Webhooks:RetryDelays", usual.RetryDelays, TimeSpan.Zero, TimeSpan.FromDays(7)),
            DisableAfter = read.Duration("Webhooks:DisableAfter", usual.DisableAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)),
            Retention = read.Duration("Webhooks:Retention", usual.Retention, TimeSpan.FromDays(1), TimeSpan.FromDays(400)),
            SecretsKey = read.Secret("Webhooks:SecretsKey", SealKey.IsKey, "32 octets en base64 (openssl rand -base64 32)", "32 bytes in base64 (openssl rand -base64 32)"),
            SecretsKeyFile = read.Text("Webhooks:SecretsKeyFile"),
        };
    }
}
