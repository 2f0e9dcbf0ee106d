using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.Metadata;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Refuses a query parameter that the operation does not know: a misspelt filter must not list everything.</summary>
internal sealed class UnknownParameters(RequestDelegate next)
{
    private readonly ConcurrentDictionary<Endpoint, FrozenSet<string>> known = new();

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<OperationText>() is null)
        {
            return next(http);
        }

        var names = known.GetOrAdd(endpoint, static found => found.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Select(parameter => parameter.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase));
        var unknown = http.Request.Query.Keys.Where(name => !names.Contains(name))
            .Select(name => new FieldError("/" + name, "unknown_parameter", Language.Choose("Ce paramètre n'existe pas.", "There is no such parameter."))).ToList();
        return unknown.Count == 0
            ? next(http)
            : new ProblemResult(CommonErrors.UnknownParameter with { Fields = [.. unknown] }).ExecuteAsync(http);
    }
}
