using Carter;
using MilleCafes.Accompaniment;
using MilleCafes.Events;
using MilleCafes.Host.Access;
using MilleCafes.Host.Operations.Settings;
using MilleCafes.Host.Operations.Telemetry;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Webhooks;
using MilleCafes.Impact;
using MilleCafes.Network;
using MilleCafes.Recruitment;
using MilleCafes.Shared;

namespace MilleCafes.Host;

/// <summary>Puts the platform and the modules together; the tests start the very same application.</summary>
public static class MilleCafesApplication
{
    /// <summary>The product's modules.</summary>
    internal static IReadOnlyList<IModule> Modules =>
    [
        new AccessModule(),
        new WebhooksModule(),
        new RecruitmentModule(),
        new AccompanimentModule(),
        new NetworkModule(),
        new EventsModule(),
        new ImpactModule(),
    ];

    /// <param name="connection">The PostgreSQL database that holds everything.</param>
    /// <param name="announcements">Where the operator reads what concerns them, such as the first key.</param>
    /// <param name="others">Modules that are not the product's, such as a benchmark's.</param>
    public static WebApplication Build(WebApplicationBuilder builder, string connection, TextWriter announcements, params IModule[] others)
    {
        IModule[] modules = [.. Modules, .. others];
        var settings = builder.AddSettings(modules);
        builder.AddTelemetry(settings);
        var database = Database.Open(connection);
        builder.AddPlatform(settings.Of<HttpSettings>(), database, announcements);
        builder.AddModules(database, modules);

        var application = builder.Build();
        application.UsePlatform();
        application.MapCarter();
        application.MakeEndpointsOnce();
        application.Announce();
        return application;
    }
}
