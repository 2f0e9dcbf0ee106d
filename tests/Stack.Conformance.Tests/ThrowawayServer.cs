using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

[assembly: AssemblyFixture(typeof(MilleCafes.Stack.Conformance.Tests.ThrowawayServer))]

namespace MilleCafes.Stack.Conformance.Tests;

/// <summary>One PostgreSQL for the whole run: its own, removed at the end, or the one of MILLECAFES_TEST_CONNECTION.</summary>
public sealed class ThrowawayServer : IAsyncLifetime
{
    private const int Attempts = 3;

    private string? _directory;

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("MILLECAFES_TEST_CONNECTION") is { Length: > 0 } given)
        {
            ConnectionString = given;
            return;
        }

        _directory = Directory.CreateTempSubdirectory("millecafes-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", _directory);
        }

        var data = Path.Combine(_directory, "data");
        await PostgresAsync("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
            "--locale-provider=icu", "--icu-locale=fr-FR", "--no-sync");
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            try
            {
                await PostgresAsync("pg_ctl", "-D", data, "-w", "-l", Path.Combine(_directory, "log"), "-o",
                    $"-p {port} -h 127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200",
                    "start");
                ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=20";
                return;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // The port was taken in between
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_directory is null)
        {
            return;
        }

        if (ConnectionString.Length > 0)
        {
            await PostgresAsync("pg_ctl", "-D", Path.Combine(_directory, "data"), "-m", "immediate", "stop");
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static Task PostgresAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(BinariesDirectory(), program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static string BinariesDirectory()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(version => double.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
                .Select(version => Path.Combine(version, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(installed)
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL's programs are not on this machine: install postgresql, or set MILLECAFES_TEST_CONNECTION");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // pg_ctl's server keeps the standard handles of its parent: none are redirected, or the read would never end
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments])
        {
            WorkingDirectory = "/",
        })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
