namespace MilleCafes.Host.Platform;

/// <summary>The routing and the services each ask for all endpoints, and what maps an endpoint compiles it anew for whoever asks.</summary>
internal static class OnceMadeEndpoints
{
    /// <summary>Puts what keeps them in front of all that was mapped so far; comes after the last mapping.</summary>
    public static void MakeEndpointsOnce(this IEndpointRouteBuilder routes)
    {
        var kept = new CompositeEndpointDataSource([.. routes.DataSources]);
        routes.DataSources.Clear();
        routes.DataSources.Add(kept);
    }
}
