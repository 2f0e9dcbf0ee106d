using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing.Template;

namespace MilleCafes.Host.Platform;

/// <summary>Where no key is needed, an id that is none is unknown: nobody is asked for a key there.</summary>
internal sealed class OpenAddresses(RequestDelegate next, EndpointDataSource endpoints)
{
    // A template by itself does not mind what an id looks like
    private readonly Lazy<TemplateMatcher[]> open = new(() => [.. endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.ParameterPolicies.Count > 0 && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        .Select(endpoint => new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []))]);

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not null || !open.Value.Any(route => route.TryMatch(http.Request.Path, [])))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
