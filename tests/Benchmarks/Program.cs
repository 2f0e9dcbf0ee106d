using MilleCafes.Benchmarks;

// Every benchmark prints its own figures; with names as arguments, only those run
var benchmarks = new Dictionary<string, Action>
{
    ["communes-load"] = CommunesBenchmark.LoadInFreshProcesses,
    ["communes-search"] = CommunesBenchmark.Search,
    ["documents"] = () => DocumentsBenchmark.RunAsync().GetAwaiter().GetResult(),
    ["messages"] = () => MessagesBenchmark.RunAsync().GetAwaiter().GetResult(),
    ["webhooks-latency"] = () => WebhooksBenchmark.MeasureLatencyAsync().GetAwaiter().GetResult(),
};

if (args is [CommunesBenchmark.OneLoad])
{
    CommunesBenchmark.LoadHere();
    return 0;
}

foreach (var name in args.Length > 0 ? args : [.. benchmarks.Keys])
{
    if (!benchmarks.TryGetValue(name, out var run))
    {
        Console.Error.WriteLine($"No benchmark is called {name}; there are {string.Join(", ", benchmarks.Keys)}.");
        return 1;
    }

    Console.WriteLine($"== {name}");
    run();
}

return 0;
