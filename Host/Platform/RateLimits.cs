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
internal sealed class RateLimits(RequestDelegate next, HttpSettings settings, PartitionedRateLimiter<string> buckets, OperationRates rates)
{
    private readonly string policy = PolicyOf("default", settings.Permits, settings.Window);

    public static PartitionedRateLimiter<string> BucketsOf(HttpSettings settings) => BucketsOf(settings.Permits, settings.Window);

    public static PartitionedRateLimiter<string> BucketsOf(int permits, TimeSpan window)
    {
        Func<string, RateLimiter> open = _ => new TokenBucketRateLimiter(new()
        {
            TokenLimit = permits,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromTicks(Math.Max(1, window.Ticks / permits)),
            AutoReplenishment = false,
        });
        return PartitionedRateLimiter.Create<string, string>(holder => RateLimitPartition.Get(holder, open));
    }

    public static string PolicyOf(string name, int permits, TimeSpan window) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={permits};w={Math.Max(1, (int)window.TotalSeconds)}");

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
        var told = new RateTold(policy, Left("default", buckets, bucket, settings.Permits, settings.Window));
        var refused = lease.IsAcquired ? null : lease;
        using var own = refused is null && rates.Of(http) is { } rate ? rate.Buckets.AttemptAcquire(NetworkOf(http.Connection.RemoteIpAddress)) : null;
        if (own is not null && rates.Of(http) is { } limit)
        {
            told = new($"{told.Policy}, {limit.Policy}", $"{told.Limit}, {Left(limit.Name, limit.Buckets, NetworkOf(http.Connection.RemoteIpAddress), limit.Permits, limit.Window)}");
            refused = own.IsAcquired ? null : own;
        }

        http.Features.Set(told);
        if (refused is null)
        {
            return next(http);
        }

        var wait = refused.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.Zero;
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new ProblemResult(PlatformErrors.RateExceeded).ExecuteAsync(http);
    }

    private static string Left(string name, PartitionedRateLimiter<string> buckets, string bucket, int permits, TimeSpan window)
    {
        var left = buckets.GetStatistics(bucket)?.CurrentAvailablePermits ?? 0;
        var full = Math.Ceiling((permits - left) * window.TotalSeconds / permits);
        return string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left};t={full}");
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
