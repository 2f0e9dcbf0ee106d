using Microsoft.Net.Http.Headers;

namespace MilleCafes.Host.Platform;

/// <summary>Which sites' pages may call the API from a browser: none, unless an operator names them.</summary>
internal static class CrossOrigin
{
    private static readonly string[] Readable =
    [
        HeaderNames.ETag, HeaderNames.Link, HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.ContentLanguage,
        "RateLimit", "RateLimit-Policy", "Idempotent-Replayed", "Deprecation", "Sunset",
    ];

    public static void AddTo(IServiceCollection services, HttpSettings settings)
    {
        if (!settings.CorsOrigins.IsEmpty)
        {
            services.AddCors(options => options.AddDefaultPolicy(policy => policy
                .WithOrigins([.. settings.CorsOrigins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(Readable).SetPreflightMaxAge(TimeSpan.FromHours(1))));
        }
    }

    public static void Use(IApplicationBuilder application, HttpSettings settings)
    {
        if (!settings.CorsOrigins.IsEmpty)
        {
            application.UseCors();
        }
    }
}
