using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>What every answer tells of the holder's rate (draft-ietf-httpapi-ratelimit-headers).</summary>
internal sealed record RateTold(string Policy, string Limit);

/// <summary>So many requests a holder, and a network address where there is no holder: a bucket that fills again all the time.</summary>
/// <remarks>A secret that has opened nothing yet is looked for on the account of the address, so that guesses cost the store no more than its rate. Buckets are this node's own; one that is full again and not asked for ten seconds is forgotten.</remarks>
internal sealed class RateLimits(RequestDelegate next, HttpSettings settings, PartitionedRateLimiter<string> buckets)
{
    private readonly string policy = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={settings.Permits};w={Math.Max(1, (int)settings.Window.TotalSeconds)}");

    public static PartitionedRateLimiter<string> BucketsOf(HttpSettings settings)
    {
        Func<string, RateLimiter> open = _ => new TokenBucketRateLimiter(new()
        {
            TokenLimit = settings.Permits,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromTicks(Math.Max(1, settings.Window.Ticks / settings.Permits)),
            AutoReplenishment = false,
        });
        return PartitionedRateLimiter.Create<string, string>(holder => RateLimitPartition.Get(holder, open));
    }

    /// <summary>Takes a request of the caller's address before the store is asked for a secret that may be anything.</summary>
    /// <returns>Whether there was one left; if not, the request is refused.</returns>
    public static bool AdmitAddress(HttpContext http)
    {
        var lease = http.RequestServices.GetRequiredService<PartitionedRateLimiter<string>>().AttemptAcquire(NetworkOf(http.Connection.RemoteIpAddress));
        http.Response.RegisterForDispose(lease);
        http.Features.Set(lease);
        return lease.IsAcquired;
    }

    public Task InvokeAsync(HttpContext http)
    {
        var admission = http.Features.Get<RateLimitLease>();
        // Health, the explorer and the pages of errors count for nobody; what leads nowhere does
        if (admission is not { IsAcquired: false } && http.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<OperationText>() is null)
        {
            return next(http);
        }

        var holder = http.User.FindFirstValue(ClaimTypes.NameIdentifier);
        var bucket = holder ?? NetworkOf(http.Connection.RemoteIpAddress);
        // Nobody's request is counted once, whether a secret was looked for or not
        using var lease = holder is null && admission is not null ? admission : buckets.AttemptAcquire(bucket);
        var left = buckets.GetStatistics(bucket)?.CurrentAvailablePermits ?? 0;
        var full = Math.Ceiling((settings.Permits - left) * settings.Window.TotalSeconds / settings.Permits);
        http.Features.Set(new RateTold(policy, string.Create(CultureInfo.InvariantCulture, $"\"default\";r={left};t={full}")));
        if (lease.IsAcquired)
        {
            return next(http);
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.Zero;
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new ProblemResult(PlatformErrors.RateExceeded).ExecuteAsync(http);
    }

    // Whoever has an IPv6 address has all those of its network
    private static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => $"{address.MapToIPv4()}",
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => $"{address}",
    };
}
