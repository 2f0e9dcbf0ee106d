using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Bytes that no well-behaved client sends.</summary>
internal static class BrokenHttp
{
    private const string Path = "/v1/recruitment/commune-candidatures";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static IEnumerable<(string Name, byte[] Bytes)> All(Random random)
    {
        var noise = new byte[random.Next(1, 5_000)];
        random.NextBytes(noise);
        return
        [
            ("noise", noise),
            ("noise after a request line", [.. Text($"GET {Path} HTTP/1.1\r\n"), .. noise]),
            ("noise as a body", [.. Text($"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {noise.Length}\r\n\r\n"), .. noise]),
            ("half a body", Text($"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{")),
            ("two lengths", Text($"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{{}}")),
            ("a length and chunks", Text($"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
            ("a broken chunk", Text($"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n")),
            ("a huge chunk", Text($"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n{{}}")),
            ("a negative length", Text($"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")),
            ("a huge length", Text($"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999999\r\n\r\n{{}}")),
            ("no host", Text($"GET {Path} HTTP/1.1\r\n\r\n")),
            ("two hosts", Text($"GET {Path} HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")),
            ("a broken host", Text($"GET {Path} HTTP/1.1\r\nHost: a b\r\n\r\n")),
            ("an address that is none", Text("GET nowhere HTTP/1.1\r\nHost: x\r\n\r\n")),
            ("a space in the address", Text($"GET {Path} {Path} HTTP/1.1\r\nHost: x\r\n\r\n")),
            ("another version", Text($"GET {Path} HTTP/9.9\r\nHost: x\r\n\r\n")),
            ("the preface of HTTP/2", Text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
            ("a zero in a header", Text($"GET {Path} HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n")),
            ("a folded header", Text($"GET {Path} HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n")),
            ("a header without a name", Text($"GET {Path} HTTP/1.1\r\nHost: x\r\n: a\r\n\r\n")),
            ("many headers", Text($"GET {Path} HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 2_000).Select(number => $"X-{number}: a\r\n"))}\r\n")),
            ("a long header", Text($"GET {Path} HTTP/1.1\r\nHost: x\r\nX-A: {new string('a', 100_000)}\r\n\r\n")),
            ("a long address", Text($"GET /{new string('a', 100_000)} HTTP/1.1\r\nHost: x\r\n\r\n")),
            ("an upgrade", Text($"GET {Path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n")),
            ("a pipeline", Text(string.Concat(Enumerable.Repeat("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n", 20)))),
            ("the address of a proxy", Text("CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: x\r\n\r\n")),
            ("an asterisk", Text("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")),
            ("a whole address", Text($"GET http://evil.example{Path} HTTP/1.1\r\nHost: evil.example\r\n\r\n")),
        ];
    }

    /// <summary>Sends the bytes, says that there are no more, and reads the status of the first answer; null when there is none.</summary>
    public static async Task<int?> SendAsync(Uri host, byte[] bytes, CancellationToken token)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(host.Host, host.Port, patience.Token);
        try
        {
            await socket.SendAsync(bytes, patience.Token);
            socket.Shutdown(SocketShutdown.Send);
            var start = new byte[64];
            var length = await socket.ReceiveAsync(start, patience.Token);
            var line = Encoding.Latin1.GetString(start, 0, length).Split(' ');
            return line is ["HTTP/1.1", var status, ..] ? int.Parse(status[..3], CultureInfo.InvariantCulture) : null;
        }
        catch (SocketException)
        {
            // Hung up on, while it was still talking
            return null;
        }
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
}
