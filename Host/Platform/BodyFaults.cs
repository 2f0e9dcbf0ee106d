using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using MilleCafes.Host.Explorer;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Answers a body that cannot be read with all that is wrong in it; the serializer stops at the first fault.</summary>
internal sealed class BodyFaults(RequestDelegate next, IOptions<JsonOptions> json)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type && http.Request.HasJsonContentType() ? WatchAsync(http, type) : next(http);

    private async Task WatchAsync(HttpContext http, Type type)
    {
        var inner = http.Request.Body;
        await using var kept = new KeptBody(inner);
        http.Request.Body = kept;
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status400BadRequest && !http.Response.HasStarted)
        {
            if (await kept.WholeAsync(http.RequestAborted) is not { } body || FaultsOf(body, type, http) is not { Count: > 0 } faults)
            {
                throw;
            }

            await new ProblemResult(CommonErrors.Malformed with { Fields = [.. faults] }).ExecuteAsync(http);
        }
        finally
        {
            http.Request.Body = inner;
        }
    }

    private IReadOnlyList<FieldError> FaultsOf(ReadOnlyMemory<byte> body, Type type, HttpContext http)
    {
        var options = json.Value.SerializerOptions;
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = options.MaxDepth });
            var validators = http.RequestServices.GetRequiredService<SliceRules>().Of(http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName);
            return new BodyCheck(options).FaultsOf(document.RootElement, options.GetTypeInfo(type), validators);
        }
        // No JSON, or the name of a member is no text: the first fault is all that can be told
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
