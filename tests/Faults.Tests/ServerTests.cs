using System.Diagnostics;
using MilleCafes.Faults.Node;

namespace MilleCafes.Faults.Tests;

/// <summary>A server that stops under its nodes, and connections that break.</summary>
public sealed class ServerTests(Cluster cluster, Report report)
{
    private readonly Moments moments = new();

    [Fact]
    public async Task The_server_stops_and_starts_again_and_the_same_nodes_go_on()
    {
        var books = await Books.OpenAsync(cluster);
        await using var one = books.Start(Load.Delayed);
        await using var other = books.Start(Load.Delayed);
        await Task.WhenAll(one.NumberAsync(), other.NumberAsync());
        var restarts = Extent.Of(2, 20);
        var returns = new List<TimeSpan>();
        for (var restart = 0; restart < restarts; restart++)
        {
            await moments.WaitAsync(300, 1500);
            await cluster.StopAsync(restart % 2 == 0 ? "immediate" : "fast");
            await moments.WaitAsync(1, 1000);
            await cluster.StartAsync();
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(one.GoesOnAsync(), other.GoesOnAsync());
            returns.Add(Stopwatch.GetElapsedTime(started));
        }

        await books.CloseAsync(one, other);
        report.Add("restarts of the server",
            [("restarts", restarts), ("worst seconds until both nodes accept again", returns.Max().TotalSeconds), .. await books.CheckAsync()]);
    }

    [Fact]
    public async Task Connections_are_cut_again_and_again_and_the_same_nodes_go_on()
    {
        var books = await Books.OpenAsync(cluster);
        await using var one = books.Start(Load.Delayed);
        await using var other = books.Start(Load.Delayed);
        await Task.WhenAll(one.NumberAsync(), other.NumberAsync());
        var times = Extent.Of(5, 50);
        var cut = 0L;
        for (var time = 0; time < times; time++)
        {
            await moments.WaitAsync(50, 800);
            // All of both nodes, all of one, or some: then a node loses its number and works on, or keeps it and loses its work
            cut += await books.CutAsync(moments.Choose("node %", one.Name, other.Name), moments.Choose(1, 1, 0.3));
            await Task.WhenAll(one.GoesOnAsync(), other.GoesOnAsync());
        }

        await books.CloseAsync(one, other);
        Assert.NotEqual(0, cut);
        report.Add("cuts of connections", [("times", times), ("connections cut", cut), .. await books.CheckAsync()]);
    }
}
