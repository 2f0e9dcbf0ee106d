using System.Globalization;
using MilleCafes.Benchmarks;
using MilleCafes.Benchmarks.Pipeline;
using MilleCafes.Benchmarks.Recruitment;

// Every benchmark prints its own figures; with names as arguments, only those run. A number after a name is its size.
var benchmarks = new Dictionary<string, Func<int?, Task>>
{
    ["communes-load"] = _ => Task.Run(CommunesBenchmark.LoadInFreshProcesses),
    ["communes-search"] = _ => Task.Run(CommunesBenchmark.Search),
    ["documents"] = _ => DocumentsBenchmark.RunAsync(),
    ["messages"] = messages => MessagesBenchmark.RunAsync(messages ?? 20_000),
    ["bloat"] = messages => BloatBenchmark.RunAsync(messages ?? 1_000_000),
    ["pipeline"] = _ => PipelineBenchmark.RunAsync(),
    ["idle"] = seconds => IdleBenchmark.RunAsync(seconds ?? 60),
    ["webhooks-load"] = seconds => WebhooksLoadBenchmark.RunAsync(seconds ?? 60, toAll: false),
    ["webhooks-load-all"] = rate => WebhooksLoadBenchmark.RunAsync(60, toAll: true, rate ?? 50),
    ["revocation"] = revocations => RevocationBenchmark.RunAsync(revocations ?? 50),
    ["recruitment"] = candidatures => RecruitmentBenchmark.RunAsync(candidatures ?? 100_000),
    ["webhooks-latency"] = _ => WebhooksBenchmark.MeasureLatencyAsync(),
};

if (args is [CommunesBenchmark.OneLoad])
{
    CommunesBenchmark.LoadHere();
    return 0;
}

if (args is ["pipeline-serve", var connection, var port])
{
    await PipelineBenchmark.ServeAsync(connection, int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture));
    return 0;
}

var names = args.Length > 0 ? args : [.. benchmarks.Keys];
for (var index = 0; index < names.Length; index++)
{
    if (!benchmarks.TryGetValue(names[index], out var run))
    {
        Console.Error.WriteLine($"No benchmark is called {names[index]}; there are {string.Join(", ", benchmarks.Keys)}.");
        return 1;
    }

    Console.WriteLine($"== {names[index]}");
    int? size = null;
    if (index + 1 < names.Length && int.TryParse(names[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var given))
    {
        size = given;
        index++;
    }

    await run(size);
}

return 0;
