using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Stands between an application and PostgreSQL, so that a test can take the database away and give it back.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TcpClient, byte> open = new();
    private readonly ConcurrentDictionary<int, TcpClient> servers = new();
    private readonly ConcurrentDictionary<int, byte> silent = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly NpgsqlConnectionStringBuilder target;
    private readonly Task accepting;
    private volatile bool away;
    private int missing;
    private TaskCompletionSource? enough;

    public Gateway(string connectionString)
    {
        target = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
        }.ConnectionString;
        accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>Cuts every connection and refuses new ones; completes once so many were refused.</summary>
    public Task TakeAwayAsync(int refusals)
    {
        missing = refusals;
        enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        away = true;
        foreach (var client in open.Keys)
        {
            client.Close();
        }

        return enough.Task;
    }

    public void GiveBack() => away = false;

    /// <summary>Ends one connection on the server's side only: the client hears nothing of it, as when a cable is pulled.</summary>
    public void Silence(int port)
    {
        silent.TryAdd(port, 0);
        servers[port].Close();
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
        foreach (var client in open.Keys)
        {
            client.Dispose();
        }

        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(closing.Token);
                if (away)
                {
                    client.Close();
                    if (Interlocked.Decrement(ref missing) <= 0)
                    {
                        enough!.TrySetResult();
                    }

                    continue;
                }

                _ = ForwardAsync(client);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException)
        {
            // Disposed
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient();
        open.TryAdd(client, 0);
        var port = 0;
        try
        {
            await server.ConnectAsync(target.Host!, target.Port, closing.Token);
            port = ((IPEndPoint)server.Client.LocalEndPoint!).Port;
            servers[port] = server;
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), closing.Token), server.GetStream().CopyToAsync(client.GetStream(), closing.Token));
        }
        catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone, so the other goes too
        }

        servers.TryRemove(port, out _);
        if (silent.ContainsKey(port))
        {
            return;
        }

        client.Close();
        open.TryRemove(client, out _);
    }
}
