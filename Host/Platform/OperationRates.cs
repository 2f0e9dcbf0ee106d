using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>The buckets of an operation that has a rate of its own.</summary>
internal sealed record OwnRate(string Name, int Permits, TimeSpan Window, PartitionedRateLimiter<string> Buckets)
{
    public string Policy => RateLimits.PolicyOf(Name, Permits, Window);
}

/// <summary>The rates that some operations have of their own, one for each name.</summary>
internal sealed class OperationRates(IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, OwnRate> known = new();

    /// <summary>The rate of the operation that is asked for; null when it has none of its own.</summary>
    public OwnRate? Of(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<OperationRate>() is { } rate ? known.GetOrAdd(rate.Name, _ => Open(rate)) : null;

    private OwnRate Open(OperationRate rate)
    {
        var (permits, window) = rate.Read(services);
        return new(rate.Name, permits, window, RateLimits.BucketsOf(permits, window));
    }
}
