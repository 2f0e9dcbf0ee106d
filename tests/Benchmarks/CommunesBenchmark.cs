using System.Diagnostics;
using System.Globalization;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Benchmarks;

/// <summary>The registry of communes: loading (under 300 ms and 60 MB) and searching (at most 5 ms).</summary>
internal static class CommunesBenchmark
{
    public const string OneLoad = "communes-one-load";

    private const int Attempts = 3;

    private const double Megabyte = 1024 * 1024;

    /// <summary>Cold loads: compilation of the code included, as at the start of the host.</summary>
    public static void LoadInFreshProcesses()
    {
        for (var run = 0; run < 5; run++)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, OneLoad) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            Console.Write(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
        }
    }

    public static void LoadHere()
    {
        var (before, processor) = Usage();
        var start = Stopwatch.GetTimestamp();
        var registry = CommuneRegistry.Load();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var (after, processorAfter) = Usage();
        var kept = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{registry.Communes.Count} communes in {elapsed.TotalMilliseconds:0} ms ({(processorAfter - processor).TotalMilliseconds:0} ms of processor time), process grew by {after - before:0.0} MB, {kept / Megabyte:0.0} MB stay managed"));
        GC.KeepAlive(registry);
    }

    public static void Search()
    {
        var registry = CommuneRegistry.Official;
        string[] prefixes =
        [
            .. registry.Communes
                .SelectMany(commune => Enumerable.Range(1, Math.Min(4, commune.Name.Length)).Select(length => commune.Name[..length]))
                .Distinct(),
        ];
        string[] names = [.. registry.Communes.Where((_, index) => index % 10 == 0).Select(commune => commune.Name)];
        string[] codes = [.. registry.Communes.Where((_, index) => index % 50 == 0).SelectMany(commune => (string[])[commune.InseeCode, .. commune.Postcodes, commune.InseeCode[..1]])];
        string[] hostile =
        [
            new('s', 62), new('é', 100_000), string.Concat(Enumerable.Repeat("s ", 31)), string.Concat(Enumerable.Repeat("st ", 20)),
            "s sa sai sain saint a au aub m ma mar mart l la le les d de des", "\0\u0001\u001f", "1 2 3 4 5", "zzzzzz", "l'", "'; drop table --", "\ud800",
        ];

        Report(registry, "prefixes of 1 to 4 letters", prefixes, departement: null);
        Report(registry, "the same in one département", prefixes, "10");
        Report(registry, "whole names", names, departement: null);
        Report(registry, "codes", codes, departement: null);
        Report(registry, "hostile texts", [.. Enumerable.Repeat(hostile, 20).SelectMany(texts => texts)], departement: null);
        Report(registry, "no text", [.. Enumerable.Repeat("", 200)], departement: null);

        var closest = new Latencies();
        foreach (var name in names.Take(200))
        {
            closest.Measure(name, () => registry.Closest(name), Attempts);
        }

        Console.WriteLine($"closest names, whole country: {closest.Describe()}");
    }

    private static void Report(CommuneRegistry registry, string label, string[] texts, string? departement)
    {
        foreach (var text in texts.Take(2_000))
        {
            registry.Search(text, departement);
        }

        var latencies = new Latencies();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (var text in texts)
        {
            latencies.Measure(text.Length > 20 ? $"{text[..20].Trim()}…" : text, () => registry.Search(text, departement), Attempts);
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (Attempts * texts.Length);
        Console.WriteLine($"{label}: {latencies.Describe()}, {each} bytes each");
    }

    private static (double ResidentMegabytes, TimeSpan Processor) Usage()
    {
        using var process = Process.GetCurrentProcess();
        return (process.WorkingSet64 / Megabyte, process.TotalProcessorTime);
    }
}
