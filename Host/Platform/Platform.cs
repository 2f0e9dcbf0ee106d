using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;
using MilleCafes.Host.Access;
using MilleCafes.Host.Explorer;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Npgsql;

namespace MilleCafes.Host.Platform;

/// <summary>What every endpoint can rely on, whatever its module.</summary>
internal static class PlatformExtensions
{
    private const int MaximumBodyBytes = 1024 * 1024;

    public static void AddPlatform(this WebApplicationBuilder builder, NpgsqlDataSource database, TextWriter announcements)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        });
        var services = builder.Services;
        services.AddSingleton(_ => database);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Announcements(announcements));
        services.AddSingleton(_ => CommuneRegistry.Official);
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.ConfigureHttpJsonOptions(options => JsonFormat.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionProblems>();
        // Not AddAuthentication, which would load the protection of cookies too
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = ApiKeyAuthentication.Scheme;
            options.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, null);
        });
        services.AddWebEncoders();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new([new DenyAnonymousAuthorizationRequirement()], []));
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        builder.AddExplorer();
    }

    public static void UsePlatform(this WebApplication application)
    {
        // Read now, so that no request waits for it
        application.Services.GetRequiredService<CommuneRegistry>();
        application.UseRequestLocalization(options => options
            .SetDefaultCulture("fr").AddSupportedCultures("fr", "en").AddSupportedUICultures("fr", "en")
            .RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()]);
        application.Use((http, next) =>
        {
            // At the last moment: what handles exceptions takes all headers away
            var language = Language.Choose("fr", "en");
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.ContentLanguage = language;
                http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
                return Task.CompletedTask;
            });
            return next(http);
        });
        application.UseExceptionHandler(_ => { });
        application.UseStatusCodePages(StatusProblems.WriteAsync);
        application.UseRouting();
        application.UseAuthentication();
        application.UseAuthorization();
        application.UseMiddleware<QueryParameters>();
        application.MapHealth();
        application.MapErrorPages();
        application.MapExplorer();
    }
}
