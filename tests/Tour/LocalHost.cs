using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MilleCafes.Tour;

/// <summary>A host of its own for one tour: another process, its own data, both gone afterwards.</summary>
internal sealed partial class LocalHost : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly DirectoryInfo data = new(Path.Combine(Path.GetTempPath(), $"millecafes-tour-{Guid.CreateVersion7():N}"));
    private readonly TaskCompletionSource<string> key = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string lastError = "";

    private LocalHost()
    {
        process = new() { StartInfo = StartInfo(data) };
        process.OutputDataReceived += (_, line) =>
        {
            if (KeyInText().Match(line.Data ?? "") is { Success: true } told)
            {
                key.TrySetResult(told.Value);
            }

            if (AddressInText().Match(line.Data ?? "") is { Success: true } listening)
            {
                address.TrySetResult(new(listening.Value));
            }
        };
        process.ErrorDataReceived += (_, line) => lastError = string.IsNullOrWhiteSpace(line.Data) ? lastError : line.Data;
    }

    /// <summary>Where the host says that it listens.</summary>
    public Uri Url => address.Task.Result;

    /// <summary>The administrator key that the host told at its first start.</summary>
    public string Key => key.Task.Result;

    public static async Task<LocalHost> StartAsync(TimeProvider time, CancellationToken token)
    {
        // The directory is left to the host to make: its PostgreSQL may run as another user
        var host = new LocalHost();
        try
        {
            host.process.Start();
            host.process.BeginOutputReadLine();
            host.process.BeginErrorReadLine();
            await host.ReadyAsync(time, token);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited)
            {
                // Asked to end, the host stops its PostgreSQL too; killed, it could not
                _ = SendSignal(process.Id, Terminate);
                await process.WaitForExitAsync().WaitAsync(StopTime);
            }
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It was never started
        }

        process.Dispose();
        data.Refresh();
        if (data.Exists)
        {
            data.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo StartInfo(DirectoryInfo data)
    {
        // The two programs' outputs are neighbours: bin/Tour/<configuration> and bin/Host/<configuration>
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(output.Parent!.Parent!.FullName, "Host", output.Name, "MilleCafes.Host.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { program, "--port", "0", "--data", data.FullName, "--Webhooks:AllowLoopback=true" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("ConnectionStrings__MilleCafes");
        return start;
    }

    private async Task ReadyAsync(TimeProvider time, CancellationToken token)
    {
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), time);
        while (!key.Task.IsCompleted || !address.Task.IsCompleted || !await Partner.IsReadyAsync(Url, token))
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(token);
                throw new TourException($"MilleCafes.Host: exit {process.ExitCode}: {lastError}");
            }

            if (time.GetElapsedTime(started) > StartTime)
            {
                throw new TourException($"MilleCafes.Host: not ready after {StartTime.TotalSeconds} s: {lastError}");
            }

            await timer.WaitForNextTickAsync(token);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    [GeneratedRegex("mck_[A-Za-z0-9_-]{43}")]
    private static partial Regex KeyInText();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex AddressInText();
}
