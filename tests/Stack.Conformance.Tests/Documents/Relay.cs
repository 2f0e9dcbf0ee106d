using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>Stands between a store and PostgreSQL: writes down each round trip, and may say that the server is another version.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private static readonly byte[] Marker = "server_version\0"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly NpgsqlConnectionStringBuilder _target;
    private readonly Task _accepting;
    private readonly string? _version;

    public Relay(string connectionString, string? version = null)
    {
        _version = version;
        _target = new(connectionString);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>What was sent up to each Sync, which is where a client waits for the server.</summary>
    public ConcurrentQueue<string> RoundTrips { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        while (!_stopping.IsCancellationRequested)
        {
            relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }

        await Task.WhenAll(relays);
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(_target.Host!, _target.Port, _stopping.Token);
            await Task.WhenAny(
                AskAsync(client.GetStream(), server.GetStream()), AnswerAsync(server.GetStream(), client.GetStream()));
        }
    }

    private async Task AskAsync(NetworkStream client, NetworkStream server)
    {
        var trip = new StringBuilder();
        // The first message alone has no type
        for (var type = 0; ; type = 1)
        {
            var header = new byte[type + sizeof(int)];
            await client.ReadExactlyAsync(header, _stopping.Token);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(type)) - sizeof(int)];
            await client.ReadExactlyAsync(body, _stopping.Token);
            trip.Append(Encoding.Latin1.GetString(body));
            if (type == 1 && header[0] == 'S')
            {
                RoundTrips.Enqueue(trip.ToString());
                trip.Clear();
            }

            await server.WriteAsync((byte[])[.. header, .. body], _stopping.Token);
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[32 * 1024];
        while (await server.ReadAsync(buffer, _stopping.Token) is > 0 and var read)
        {
            if (_version is not null && buffer.AsSpan(0, read).IndexOf(Marker) is >= 0 and var at)
            {
                Encoding.ASCII.GetBytes(_version).CopyTo(buffer.AsSpan(at + Marker.Length));
            }

            await client.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
