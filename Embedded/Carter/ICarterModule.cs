using Microsoft.AspNetCore.Routing;

namespace Carter;

/// <summary>A set of endpoints that add themselves; the published package's own contract.</summary>
public interface ICarterModule
{
    /// <summary>Adds the module's routes.</summary>
    void AddRoutes(IEndpointRouteBuilder app);
}
