namespace MilleCafes.Host.Platform;

/// <summary>Left on a request whose answer is sent without its body.</summary>
internal sealed record HeadRequest;

/// <summary>HEAD wherever there is GET, OPTIONS everywhere, and « Allow » that says so.</summary>
internal static class Methods
{
    private const string ReadOnly = "GET, HEAD, OPTIONS";

    /// <summary>HEAD is answered as GET is; the server itself leaves the body out.</summary>
    public static Task AnswerHead(HttpContext http, RequestDelegate next)
    {
        return HttpMethods.IsHead(http.Request.Method) ? AnswerAsync() : next(http);

        async Task AnswerAsync()
        {
            http.Request.Method = HttpMethods.Get;
            http.Features.Set(new HeadRequest());
            try
            {
                await next(http);
            }
            finally
            {
                http.Request.Method = HttpMethods.Head;
            }
        }
    }

    /// <summary>Says which methods an address knows: when asked by OPTIONS, and when another one is tried.</summary>
    public static Task AnswerOthers(HttpContext http, RequestDelegate next) => http.GetEndpoint() switch
    {
        null => next(http),
        RouteEndpoint endpoint when endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is null && !HttpMethods.IsGet(http.Request.Method) => Answer(http, ReadOnly),
        RouteEndpoint => next(http),
        // What has no route is the framework's own refusal of a method (405) or of a media type (415)
        var refusal => AnswerRefusedAsync(http, refusal),
    };

    private static async Task AnswerRefusedAsync(HttpContext http, Endpoint refusal)
    {
        await refusal.RequestDelegate!(http);
        if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            await Answer(http, http.Response.Headers.Allow.ToString());
        }
    }

    private static Task Answer(HttpContext http, string known)
    {
        var methods = known.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Append(HttpMethods.Options).ToHashSet();
        if (methods.Contains(HttpMethods.Get))
        {
            methods.Add(HttpMethods.Head);
        }

        http.Response.Headers.Allow = string.Join(", ", methods.Order(StringComparer.Ordinal));
        http.Response.StatusCode = HttpMethods.IsOptions(http.Request.Method) ? StatusCodes.Status204NoContent : StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }
}
