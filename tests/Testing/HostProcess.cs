using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MilleCafes.Testing;

/// <summary>The host as a person starts it: a process of its own, which can be killed.</summary>
public sealed partial class HostProcess : IDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim reading = new(initialState: true);
    private readonly List<string> output = [];
    private readonly List<string> errors = [];

    private HostProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"The host ended before it listened: {Errors}{Output}"));
        process.EnableRaisingEvents = true;
    }

    public int Id => process.Id;

    public string Output => Join(output);

    public string Errors => Join(errors);

    /// <param name="arguments">As on the command line of the host.</param>
    public static HostProcess Start(params IEnumerable<string> arguments) => StartIn("en_GB.UTF-8", arguments);

    /// <param name="locale">As in the environment variable <c>LANG</c>.</param>
    /// <param name="arguments">As on the command line of the host.</param>
    public static HostProcess StartIn(string locale, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", HostAssembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("ConnectionStrings__MilleCafes");
        start.Environment.Remove("LC_ALL");
        start.Environment.Remove("LC_MESSAGES");
        start.Environment["LANG"] = locale;
        var host = new HostProcess(new Process { StartInfo = start });
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Where it listens, as soon as it does.</summary>
    public Task<Uri> AddressAsync(CancellationToken cancellationToken) => address.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);

    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        return process.ExitCode;
    }

    /// <summary>kill -9: the process can do nothing more.</summary>
    public Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        return process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>What Ctrl-C, a closed terminal or a service manager sends: INT, HUP, TERM.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-" + signal, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>From here on nobody takes what it writes, as when a terminal or a collector of logs hangs.</summary>
    public void StopReading() => reading.Reset();

    public void Dispose()
    {
        reading.Set();
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
        reading.Dispose();
    }

    // Beside this assembly's own directory: artifacts/<stack>/bin/<project>/<configuration>
    private static string HostAssembly
    {
        get
        {
            var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(own.Parent!.Parent!.FullName, "Host", own.Name, "MilleCafes.Host.dll");
        }
    }

    private static string Join(List<string> lines)
    {
        lock (lines)
        {
            return string.Join('\n', lines);
        }
    }

    private static void Keep(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
            {
                lines.Add(line);
            }
        }
    }

    private void Receive(string? line)
    {
        reading.Wait();
        Keep(output, line);
        if (Loopback().Match(line ?? "") is { Success: true } match)
        {
            address.TrySetResult(new Uri(match.Value));
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Loopback();
}
