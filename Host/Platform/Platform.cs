using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MilleCafes.Host.Access;
using MilleCafes.Host.Access.Audit;
using MilleCafes.Host.Explorer;
using MilleCafes.Host.Operations.Telemetry;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Mail;
using Npgsql;

namespace MilleCafes.Host.Platform;

/// <summary>What every endpoint can rely on, whatever its module.</summary>
internal static class PlatformExtensions
{
    public static void AddPlatform(this WebApplicationBuilder builder, HttpSettings settings, NpgsqlDataSource database, TextWriter announcements)
    {
        var services = builder.Services;
        builder.LimitRequests(settings);
        Compression.AddTo(services);
        CrossOrigin.AddTo(services, settings);
        services.AddSingleton(_ => RateLimits.BucketsOf(settings));
        services.AddSingleton<OperationRates>();
        services.AddSingleton(_ => database);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new Announcements(announcements));
        services.AddSingleton(_ => CommuneRegistry.Official);
        services.AddSingleton<Mailer>();
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.AddScoped<CommitMark>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddHostedService<IdempotencyUpkeep>();
        services.ConfigureHttpJsonOptions(options => JsonFormat.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionProblems>();
        // Not AddAuthentication, which would load the protection of cookies too
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = KeyAuthentication.Scheme;
            options.AddScheme<KeyAuthentication>(KeyAuthentication.Scheme, null);
        });
        services.AddWebEncoders();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new([new DenyAnonymousAuthorizationRequirement()], []));
        services.AddHealth();
        services.AddSingleton<ErrorCatalogue>();
        builder.AddExplorer();
    }

    public static void UsePlatform(this WebApplication application)
    {
        // Read now, so that no request waits for it
        application.Services.GetRequiredService<CommuneRegistry>();
        Proxies.Use(application, application.Services.GetRequiredService<HttpSettings>());
        application.UseTelemetry();
        application.UseRequestLocalization(options => options
            .SetDefaultCulture("fr").AddSupportedCultures("fr", "en").AddSupportedUICultures("fr", "en")
            .RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()]);
        application.Use(AnswerHeaders.Write);
        CrossOrigin.Use(application, application.Services.GetRequiredService<HttpSettings>());
        application.Use(Compression.ForgetEncodings);
        application.UseResponseCompression();
        application.UseExceptionHandler(_ => { });
        application.UseStatusCodePages(StatusProblems.WriteAsync);
        application.Use(RequestLimits.RefuseTooLong);
        application.Use(Methods.AnswerHead);
        application.UseRouting();
        application.Use(AnswerHeaders.WriteDeprecation);
        application.UseRequestTimeouts();
        application.UseAuthentication();
        application.UseMiddleware<RateLimits>();
        application.Use(Methods.AnswerOthers);
        application.UseMiddleware<OpenAddresses>();
        application.UseAuthorization();
        application.UseMiddleware<Negotiation>();
        application.UseMiddleware<QueryParameters>();
        application.Use(UnreadBodies.RefuseAsync);
        application.Use(UnreadTags.RefuseAsync);
        application.UseMiddleware<BodyFaults>();
        application.Use(NotedBody.Watch);
        application.Use(EntityTags.Write);
        application.UseMiddleware<Idempotency>();
        application.MapHealth();
        application.MapErrorPages();
        application.MapCandidatePage();
        application.MapExplorer();
    }
}
