using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MilleCafes.Shared;

/// <summary>A success with a value: JSON, or a table where it is wanted as one, with its tag, and not sent to who has it already.</summary>
/// <param name="location">Where what was created lives.</param>
public sealed class Answer<T>(T value, int status = StatusCodes.Status200OK, string? location = null) : IResult, IValueHttpResult<T>, IStatusCodeHttpResult
{
    private static readonly TableShape? Table = TableShape.Of(typeof(T));
    private static readonly Func<T, long>? Revision = typeof(T).GetProperty(nameof(Document.Revision)) is { PropertyType: var type, GetMethod: { } get } && type == typeof(long) && typeof(T).IsClass
        ? get.CreateDelegate<Func<T, long>>()
        : null;

    // Pages of a list are much alike: one buffer does, where each larger one would copy the last
    private static int usualLength = PooledBuffer.Start;

    public T Value => value;

    public int? StatusCode => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        using var content = new PooledBuffer(usualLength);
        response.ContentType = Write(httpContext, content);
        usualLength = Math.Max(PooledBuffer.Start, content.Length);
        var isRead = HttpMethods.IsGet(request.Method);
        if (isRead || Revision is not null)
        {
            var tag = EntityTag.Of(content.Written.Span, Revision?.Invoke(value));
            response.Headers.ETag = tag;
            if (isRead && EntityTag.IsKnown(request, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return;
            }
        }

        if (location is not null)
        {
            response.Headers.Location = location;
        }

        response.StatusCode = status;
        response.ContentLength = content.Length;
        // Whole already: a writer over it would only copy it
        await response.Body.WriteAsync(content.Written, httpContext.RequestAborted);
    }

    /// <returns>The media type of what was written.</returns>
    private string Write(HttpContext http, PooledBuffer content)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        if (Table is ListShape list && list.Next.GetValue(value) is string next)
        {
            http.Response.Headers.Link = NextLink(http, next);
        }

        if (Table is not null && AnswerFormat.Is(http, AnswerFormat.Csv))
        {
            CsvTable.Write(content, value!, Table, options);
            return "text/csv; charset=utf-8; header=present";
        }

        using var json = new Utf8JsonWriter(content, new() { Encoder = options.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(json, value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        return "application/json; charset=utf-8";
    }

    /// <summary>The same request, after the cursor (RFC 8288).</summary>
    private static string NextLink(HttpContext http, string cursor)
    {
        // As it was sent: what the application reads has its choices named as the code names them
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start ? target[(start + 1)..] : "";
        var kept = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !pair.StartsWith("after=", StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal));
        var address = http.Request.PathBase.Add(http.Request.Path).ToUriComponent();
        return $"<{address}?{string.Join('&', kept.Append($"after={Uri.EscapeDataString(cursor)}"))}>; rel=\"next\"";
    }
}
