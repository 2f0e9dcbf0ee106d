using System.ComponentModel;
using System.Diagnostics;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>One run of another program, with its words kept.</summary>
internal sealed record Command(int ExitCode, string Output, string Errors)
{
    private static readonly string[] SystemDirectories = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    public bool Succeeded => ExitCode == 0;

    public string LastWords => (Errors + '\n' + Output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .LastOrDefault(line => line.Contains("error:", StringComparison.Ordinal))
        ?? Errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault()
        ?? $"it ended with code {ExitCode}";

    public static async Task<Command> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Locate(program), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The server's account may not see the directory that the host was started from
            WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Command(process.ExitCode, await output, await errors);
        }
        catch (Win32Exception exception)
        {
            return new Command(127, "", exception.Message);
        }
    }

    // Left to itself, .NET looks in the current directory first, where this repository has a program called test
    private static string Locate(string program) => Path.IsPathRooted(program)
        ? program
        : SystemDirectories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists) ?? Path.Combine(SystemDirectories[0], program);
}
