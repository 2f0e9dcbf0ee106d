using System.Globalization;

namespace MilleCafes.Faults.Tests;

/// <summary>The wall clock of other processes, moved from here by libfaketime; time that only passes (timers) is left as it is.</summary>
internal sealed class Clock
{
    private const string Libraries = "/usr/lib";

    private readonly string file;

    /// <summary>A clock that is right until it is moved.</summary>
    public Clock(string directory)
    {
        file = Path.Combine(directory, $"clock-{Guid.CreateVersion7()}");
        Environment = Variables(("FAKETIME_TIMESTAMP_FILE", file), ("FAKETIME_NO_CACHE", "1"));
        Move(TimeSpan.Zero);
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>What makes a process start with a clock that is wrong by as much for all its life.</summary>
    public static IReadOnlyDictionary<string, string> Wrong(TimeSpan offset) => Variables(("FAKETIME", Text(offset)));

    public void Move(TimeSpan offset)
    {
        // Replaced at once: it is read at any moment, by another user too
        var next = file + ".next";
        File.WriteAllText(next, Text(offset));
        File.Move(next, file, overwrite: true);
    }

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] time) =>
        new(time.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)))
        {
            ["LD_PRELOAD"] = Library(),
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };

    private static string Text(TimeSpan offset) => offset.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture);

    private static string Library() =>
        Directory.GetDirectories(Libraries, "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(found => Path.Combine(found, "libfaketime.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("libfaketime is not on this machine: run 'apt-get install libfaketime'");
}
