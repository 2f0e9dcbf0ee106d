using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using Subnet = System.Net.IPNetwork;

namespace MilleCafes.Host.Platform;

/// <summary>Takes the caller's address and scheme from the proxies that are trusted; what anybody else says of them is not read.</summary>
internal static class Proxies
{
    public static void Use(WebApplication application, HttpSettings settings)
    {
        if (settings.TrustedProxies.IsEmpty)
        {
            return;
        }

        // As many in a row as are trusted: the first that is not is the caller
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.TrustedProxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                options.KnownIPNetworks.Add(Subnet.Parse(proxy));
            }
        }

        application.UseForwardedHeaders(options);
    }

    // « 10 » would be read as 0.0.0.10
    public static bool IsOne(string given) => IPAddress.TryParse(given, out var address)
        ? address.AddressFamily == AddressFamily.InterNetworkV6 || $"{address}" == given
        : Subnet.TryParse(given, out _);
}
