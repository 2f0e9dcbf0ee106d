using Microsoft.AspNetCore.Builder;

namespace MilleCafes.Shared;

/// <summary>A rate of an operation's own, for each network address, beside the rate that holds everywhere.</summary>
/// <param name="Name">What the headers call it.</param>
/// <param name="Read">How many requests at most, and how long it takes to get all of them anew.</param>
public sealed record OperationRate(string Name, Func<IServiceProvider, (int Permits, TimeSpan Window)> Read);

/// <summary>Operations that anybody can ask for, and nobody should often.</summary>
public static class OperationRateConventions
{
    /// <summary>Limits the operation further; its answers tell both rates.</summary>
    public static TBuilder Limited<TBuilder>(this TBuilder endpoint, string name, Func<IServiceProvider, (int Permits, TimeSpan Window)> read)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OperationRate(name, read));
}
