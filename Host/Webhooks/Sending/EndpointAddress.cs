using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>Thrown where a connection is about to be opened to an inside address, or without TLS.</summary>
internal sealed class ForbiddenAddressException(string host) : Exception($"{host} is not on the public Internet, or not asked for with https.");

/// <summary>Keeps subscribers' addresses from leading into our own network.</summary>
internal static class EndpointAddress
{
    // Everything of IANA's special-purpose registries that is not globally reachable
    private static readonly ImmutableArray<IPNetwork> Inside4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only 2000::/3 is given out; within it these are tunnels to IPv4, documentation and protocol use
    private static readonly IPNetwork Given6 = IPNetwork.Parse("2000::/3");
    private static readonly ImmutableArray<IPNetwork> Inside6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>Whether an endpoint may be there.</summary>
    public static bool Allows(IPAddress address, bool allowLoopback)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (allowLoopback && IsHere(plain)) || plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Inside4.Any(network => network.Contains(plain)),
            AddressFamily.InterNetworkV6 => Given6.Contains(plain) && !Inside6.Any(network => network.Contains(plain)),
            _ => false,
        };
    }

    /// <summary>What is wrong with an address, as far as it can be said without asking the name servers.</summary>
    public static (string Code, string Text)? Check(string url, bool allowLoopback)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return ("not_an_address", Language.Choose("Il faut une adresse absolue.", "An absolute address is needed."));
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !(allowLoopback && uri.Scheme == Uri.UriSchemeHttp && IsHere(uri)))
        {
            return ("https_required", Language.Choose("L'adresse doit être en https.", "The address must use https."));
        }

        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return ("bare_address_required", Language.Choose("L'adresse ne porte ni identifiants ni fragment.", "The address has neither credentials nor a fragment."));
        }

        var isInside = IPAddress.TryParse(uri.DnsSafeHost, out var literal) ? !Allows(literal, allowLoopback) : !allowLoopback && IsHere(uri);
        return isInside
            ? ("forbidden_address", Language.Choose("L'adresse doit être joignable sur l'Internet public.", "The address must be on the public Internet."))
            : null;
    }

    /// <summary>Resolves the host once; the connection then goes to these very addresses and no other.</summary>
    /// <param name="encrypted">Whether what is sent there is; if not, it stays on this machine.</param>
    public static async Task<IPAddress[]> ResolveAsync(string host, bool encrypted, bool allowLoopback, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        return addresses.All(address => Allows(address, allowLoopback) && (encrypted || IsHere(address))) ? addresses : throw new ForbiddenAddressException(host);
    }

    private static bool IsHere(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsHere(Uri uri)
    {
        if (IPAddress.TryParse(uri.DnsSafeHost, out var literal))
        {
            return IsHere(literal);
        }

        var name = uri.DnsSafeHost.TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
