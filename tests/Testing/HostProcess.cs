using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MilleCafes.Testing;

/// <summary>The host as another process, which can be killed.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly List<string> said = [];

    private HostProcess(string connection)
    {
        Url = new($"http://127.0.0.1:{FreePort()}");
        // The outputs of all projects are neighbours: bin/<project>/<configuration>
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(output.Parent!.Parent!.FullName, "Host", output.Name, "MilleCafes.Host.dll");
        process = new()
        {
            StartInfo = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                [program, "--port", $"{Url.Port}", "--connection", connection, "--Webhooks:AllowLoopback=true"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
    }

    public Uri Url { get; }

    /// <summary>The key that it told, if this was its database's first host.</summary>
    public string? AdministratorKey => AdministratorKeys.In(Said);

    /// <summary>All that it wrote to the terminal.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    /// <summary>Returns when the host is ready to serve.</summary>
    public static async Task<HostProcess> StartAsync(string connection)
    {
        var host = new HostProcess(connection);
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        try
        {
            using var http = new HttpClient { BaseAddress = host.Url };
            await Eventually.True(() => host.IsReadyAsync(http), StartTime);
            return host;
        }
        catch (Exception exception)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The host did not start:\n{host.Said}", exception);
        }
    }

    /// <summary>Ends it at once (SIGKILL): it can finish, flush and say nothing more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"exit {process.ExitCode}");
        }

        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        lock (said)
        {
            said.Add(line ?? "");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
