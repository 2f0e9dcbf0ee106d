using System.Diagnostics;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>What a tool said, and with which code it ended.</summary>
public sealed record Said(int Code, string Output, string Errors);

/// <summary>The tools of npm that the build has installed; they are kept from other machines, and from telling anybody that they ran.</summary>
public static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Beside this assembly's own directory: artifacts/<stack>/obj/<project>/tools
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../obj/Explorer.Tests/tools"));

    /// <param name="program">From the folder of the tools.</param>
    /// <param name="arguments">As on its command line.</param>
    public static async Task<Said> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, program), .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["NODE_OPTIONS"] = $"--require \"{Path.Combine(Folder, "offline.cjs")}\"",
                ["REDOCLY_TELEMETRY"] = "off",
                ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true",
                ["SCARF_ANALYTICS"] = "false",
                ["DO_NOT_TRACK"] = "1",
                ["NO_COLOR"] = "1",
            },
        };
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            var said = new Said(process.ExitCode, await output, await errors);
            Assert.DoesNotContain("offline:", said.Errors, StringComparison.Ordinal);
            return said;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
