using System.Globalization;

namespace MilleCafes.Faults.Tests;

/// <summary>The wall clock of other processes, moved from here by libfaketime; time that only passes (timers) is left as it is.</summary>
internal sealed class Clock(string directory)
{
    private const string Libraries = "/usr/lib";

    private readonly string file = Path.Combine(directory, "clock");

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library(),
        ["FAKETIME_TIMESTAMP_FILE"] = file,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    public void Move(TimeSpan offset)
    {
        // Replaced at once: it is read at any moment, by another user too
        var next = file + ".next";
        File.WriteAllText(next, offset.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move(next, file, overwrite: true);
    }

    private static string Library() =>
        Directory.GetDirectories(Libraries, "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(found => Path.Combine(found, "libfaketime.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("libfaketime is not on this machine: run 'apt-get install libfaketime'");
}
