using System.Diagnostics;

namespace MilleCafes.Faults.Tests;

/// <summary>A PostgreSQL that can be stopped and moved in time, and that keeps its word: what it committed is on the disk.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("millecafes-faults-");
    private readonly Dictionary<string, string> environment = [];
    private bool running;

    public string ConnectionString => $"Host={directory.FullName};Username=postgres;Database=postgres;Pooling=false";

    private string Data => Path.Combine(directory.FullName, "data");

    public async ValueTask InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", directory.FullName);
        }

        await PostgresAsync("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync();
    }

    /// <summary>Another cluster, whose clock is moved by the caller.</summary>
    internal static async Task<(Cluster Cluster, Clock Clock)> StartWithClockAsync()
    {
        var cluster = new Cluster();
        var clock = new Clock(cluster.directory.FullName);
        foreach (var (name, value) in clock.Environment)
        {
            cluster.environment.Add(name, value);
        }

        await cluster.InitializeAsync();
        return (cluster, clock);
    }

    public async Task StartAsync()
    {
        await PostgresAsync("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(directory.FullName, "log"), "-o",
            $"-h '' -k {directory.FullName} -c max_connections=300 -c fsync=on -c synchronous_commit=on -c full_page_writes=on", "start");
        running = true;
    }

    /// <param name="mode"><c>fast</c> ends the sessions and writes everything, <c>immediate</c> is as a failure of power.</param>
    public async Task StopAsync(string mode)
    {
        await PostgresAsync("pg_ctl", "-D", Data, "-w", "-m", mode, "stop");
        running = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (running)
        {
            await StopAsync("immediate");
        }

        directory.Delete(recursive: true);
    }

    private Task PostgresAsync(string program, params string[] arguments)
    {
        // Only PostgreSQL itself is moved in time, after the change of user: libfaketime shares its memory with the processes of one user
        string[] command = ["env", .. environment.Select(variable => $"{variable.Key}={variable.Value}"), Path.Combine(Programs(), program), .. arguments];
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", .. command])
            : RunAsync(command[0], command[1..]);
    }

    private static string Programs()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(version => Path.Combine(version, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(installed).FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL's programs are not on this machine: run 'apt-get install postgresql'");
    }

    private static int Version(string directory) => int.TryParse(Path.GetFileName(directory), out var version) ? version : 0;

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // The server keeps the standard handles of its parent: none are redirected by us, or the read would never end
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
}
