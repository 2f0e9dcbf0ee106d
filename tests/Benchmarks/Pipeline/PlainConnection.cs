using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MilleCafes.Benchmarks.Pipeline;

/// <summary>HTTP/1.1 over one kept connection, with next to no work of its own: what is measured is the server.</summary>
internal sealed class PlainConnection : IDisposable
{
    private static ReadOnlySpan<byte> EndOfHeaders => "\r\n\r\n"u8;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[256 * 1024];

    public static async Task<PlainConnection> OpenAsync(Uri address)
    {
        var connection = new PlainConnection();
        await connection.socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <returns>The body.</returns>
    public async Task<ReadOnlyMemory<byte>> AskAsync(byte[] request, int expected)
    {
        await socket.SendAsync(request);
        var (read, headers, length) = (0, -1, 0);
        while (headers < 0 || read < headers + length)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(read));
            read += count > 0 ? count : throw new IOException("The server has hung up.");
            if (headers < 0 && buffer.AsSpan(0, read).IndexOf(EndOfHeaders) is >= 0 and var end)
            {
                headers = end + EndOfHeaders.Length;
                length = LengthIn(Encoding.Latin1.GetString(buffer, 0, end), expected);
            }
        }

        return buffer.AsMemory(headers, length);
    }

    public void Dispose() => socket.Dispose();

    public static byte[] Request(string method, string target, string headers, ReadOnlySpan<byte> body = default) =>
    [
        .. Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}{(body.IsEmpty ? "" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n")}\r\n"),
        .. body,
    ];

    private static int LengthIn(string headers, int expected)
    {
        if (!headers.StartsWith($"HTTP/1.1 {expected} ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(headers);
        }

        const string Name = "Content-Length: ";
        var start = headers.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        var end = headers.IndexOf('\r', start);
        return int.Parse(headers.AsSpan(start..(end < 0 ? headers.Length : end)), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
