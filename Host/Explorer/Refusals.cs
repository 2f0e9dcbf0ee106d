using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>Every refusal that an operation can give: its own, and those of its kind.</summary>
internal static class Refusals
{
    public const string ContentType = "application/problem+json";

    /// <summary>The refusals by status, in the order of statuses; each code once.</summary>
    public static IEnumerable<IGrouping<int, Error>> Of(ApiDescription operation) => All(operation)
        .DistinctBy(refusal => (refusal.Status, refusal.Error.Code))
        .OrderBy(refusal => refusal.Status)
        .GroupBy(refusal => refusal.Status, refusal => refusal.Error);

    public static bool HasBody(ApiDescription operation) => operation.ParameterDescriptions.Any(parameter => parameter.Source.Id == "Body");

    private static IEnumerable<(int Status, Error Error)> All(ApiDescription operation)
    {
        var metadata = operation.ActionDescriptor.EndpointMetadata;
        foreach (var error in metadata.OfType<OperationRefusals>().SelectMany(refusals => refusals.Errors))
        {
            yield return (ProblemResult.StatusOf(error.Kind), error);
        }

        yield return (StatusCodes.Status400BadRequest, CommonErrors.UnknownParameter);
        if (metadata.OfType<OperationScope>().Any())
        {
            yield return (StatusCodes.Status401Unauthorized, PlatformErrors.KeyMissing);
            yield return (StatusCodes.Status401Unauthorized, PlatformErrors.KeyUnknown);
            yield return (StatusCodes.Status401Unauthorized, KeyErrors.Ended);
            yield return (StatusCodes.Status401Unauthorized, KeyErrors.Revoked);
            yield return (StatusCodes.Status401Unauthorized, KeyErrors.ClientDisabled);
            yield return (StatusCodes.Status403Forbidden, PlatformErrors.ScopeMissing);
        }

        if (metadata.OfType<OperationHolders>().LastOrDefault() is { Kinds.Count: > 0 })
        {
            yield return (StatusCodes.Status403Forbidden, PlatformErrors.HolderExcluded);
        }

        if (metadata.OfType<OperationScope>().Any() && operation.HttpMethod != HttpMethods.Get)
        {
            yield return (StatusCodes.Status403Forbidden, CommonErrors.NotYours);
            yield return (StatusCodes.Status403Forbidden, CommonErrors.OtherAntenne);
        }

        if (operation.HttpMethod != HttpMethods.Get)
        {
            yield return UnreadTags.AreRead(operation.HttpMethod, operation.RelativePath)
                ? (StatusCodes.Status412PreconditionFailed, CommonErrors.PreconditionFailed)
                : (StatusCodes.Status400BadRequest, PlatformErrors.TagUnexpected);
        }

        // Of what a record gathers, the constraint is not told, but an id always has one
        if (operation.ParameterDescriptions.Any(parameter => parameter.RouteInfo?.Constraints?.Any() is true || (parameter.Source.Id == "Path" && parameter.Type == typeof(Guid))))
        {
            yield return (StatusCodes.Status404NotFound, PlatformErrors.RouteUnknown);
        }

        if (operation.ParameterDescriptions.Any(parameter => parameter.Source.Id != "Path"))
        {
            yield return (StatusCodes.Status400BadRequest, CommonErrors.Malformed);
        }

        if (HasBody(operation))
        {
            yield return (StatusCodes.Status400BadRequest, CommonErrors.UnreadableJson);
            yield return (StatusCodes.Status408RequestTimeout, PlatformErrors.TooSlow);
            yield return (StatusCodes.Status413PayloadTooLarge, PlatformErrors.BodyTooLarge);
            yield return (StatusCodes.Status415UnsupportedMediaType, PlatformErrors.MediaTypeUnsupported);
        }

        if (operation.HttpMethod != HttpMethods.Get && !metadata.OfType<IAcceptsMetadata>().Any())
        {
            yield return (StatusCodes.Status400BadRequest, PlatformErrors.BodyUnexpected);
        }

        if (metadata.OfType<IProducesResponseTypeMetadata>().Any(answer => answer.StatusCode < 300 && answer.ContentTypes.Any()))
        {
            yield return (StatusCodes.Status406NotAcceptable, PlatformErrors.NotAcceptable);
        }

        if (operation.HttpMethod == HttpMethods.Post && metadata.OfType<OperationScope>().Any())
        {
            yield return (StatusCodes.Status400BadRequest, PlatformErrors.IdempotencyKeyMalformed);
            yield return (StatusCodes.Status409Conflict, PlatformErrors.IdempotencyKeyInFlight);
            yield return (StatusCodes.Status409Conflict, PlatformErrors.IdempotencyAnswerLost);
            yield return (StatusCodes.Status422UnprocessableEntity, PlatformErrors.IdempotencyKeyReused);
        }

        yield return (StatusCodes.Status414UriTooLong, PlatformErrors.AddressTooLong);
        yield return (StatusCodes.Status429TooManyRequests, PlatformErrors.RateExceeded);
        yield return (StatusCodes.Status431RequestHeaderFieldsTooLarge, PlatformErrors.HeadersTooLarge);
        yield return (StatusCodes.Status500InternalServerError, PlatformErrors.Fault);
        yield return (StatusCodes.Status503ServiceUnavailable, PlatformErrors.TimedOut);
        yield return (StatusCodes.Status503ServiceUnavailable, PlatformErrors.DatabaseUnavailable);
    }
}

/// <summary>Tells the API's description which statuses come with a problem document, and once of which type, so that its schema is one of the document's.</summary>
internal sealed class RefusalDescriptions : IApiDescriptionProvider
{
    // After the provider of the framework, which describes the endpoints
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        // The generator makes the schema anew for whatever tells the type: the others refer to what the first one had made (OperationTexts)
        Type? first = typeof(ProblemDocument);
        foreach (var operation in context.Results.Where(result => result.ActionDescriptor.EndpointMetadata.OfType<OperationText>().Any()))
        {
            foreach (var refusals in Refusals.Of(operation))
            {
                // The generator takes one type a status; what else comes with it is added to what it makes
                foreach (var other in operation.SupportedResponseTypes.Where(answer => answer.StatusCode == refusals.Key).ToList())
                {
                    operation.SupportedResponseTypes.Remove(other);
                }

                operation.SupportedResponseTypes.Add(new()
                {
                    StatusCode = refusals.Key,
                    Type = first,
                    ApiResponseFormats = [new() { MediaType = Refusals.ContentType }],
                });
                first = null;
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }
}
