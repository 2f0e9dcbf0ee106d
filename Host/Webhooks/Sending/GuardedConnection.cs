using System.Net.Sockets;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>A connection to an address that a webhook may go to: the name is resolved once, and what it led to is what is called.</summary>
internal static class GuardedConnection
{
    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, bool allowLoopback, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isEncrypted = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = await EndpointAddress.ResolveAsync(host, isEncrypted, allowLoopback, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
