using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>A relay to the server that says it is PostgreSQL 13.</summary>
internal sealed class OlderServer : IAsyncDisposable
{
    private static readonly byte[] Marker = "server_version\0"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly NpgsqlConnectionStringBuilder _target;
    private readonly Task _accepting;

    public OlderServer(string connectionString)
    {
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
                client.GetStream().CopyToAsync(server.GetStream(), _stopping.Token), AnswerAsync(server.GetStream(), client.GetStream()));
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[32 * 1024];
        while (await server.ReadAsync(buffer, _stopping.Token) is > 0 and var read)
        {
            if (buffer.AsSpan(0, read).IndexOf(Marker) is >= 0 and var at)
            {
                "13"u8.CopyTo(buffer.AsSpan(at + Marker.Length));
            }

            await client.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
