using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Tells the operator, once the host answers, where to go.</summary>
internal static class Welcome
{
    public static void Announce(this WebApplication application) => application.Lifetime.ApplicationStarted.Register(() =>
    {
        var announcements = application.Services.GetRequiredService<Announcements>();
        foreach (var address in application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            announcements.Say(Language.Choose($"Mille Cafés répond sur {address} · explorateur : {address}/scalar/", $"Mille Cafés answers at {address} · explorer: {address}/scalar/"));
        }
    });
}
