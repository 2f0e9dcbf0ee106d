using System.Diagnostics;
using MilleCafes.Faults.Node;
using MilleCafes.Testing;

namespace MilleCafes.Faults.Tests;

/// <summary>Nodes that die at any moment, their first among them (SIGKILL).</summary>
public sealed class KillTests(Cluster cluster, Report report)
{
    private static readonly TimeSpan LongestTakeOver = TimeSpan.FromSeconds(10);

    private readonly Moments moments = new();

    private static int LongestLife => Extent.Of(600, 1500);

    [Fact]
    public async Task The_only_node_is_killed_again_and_again_and_every_effect_is_there_once()
    {
        var books = await Books.OpenAsync(cluster);
        var kills = Extent.Of(14, 200);
        var left = new List<long>();
        var unborn = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            await using var mortal = books.Start(Load.Delayed);
            await LiveAsync(mortal);
            await mortal.KillAsync();
            unborn += mortal.HasStarted ? 0 : 1;
            await books.LeaveAsync(mortal);
            left.Add(await books.EnvelopesAsync());
        }

        await using var survivor = books.Start(Load.Nothing);
        await survivor.NumberAsync();
        var started = Stopwatch.GetTimestamp();
        await books.SettleAsync();
        var settled = Stopwatch.GetElapsedTime(started);
        await survivor.StopAsync();
        report.Add("kills on one node",
        [
            ("kills", kills), ("of which while starting", unborn), ("envelopes left by the kills", left.Sum()), ("kills that left some", left.Count(count => count > 0)),
            ("seconds until the last were handled", settled.TotalSeconds), .. await books.CheckAsync(),
        ]);
        // Otherwise there was nothing to recover, and the rest proves nothing
        Assert.NotEqual(0, left.Sum());
    }

    [Fact]
    public async Task One_of_two_nodes_is_killed_again_and_again_and_the_other_takes_over_within_ten_seconds()
    {
        var books = await Books.OpenAsync(cluster);
        // Nothing scheduled, which would wake the other node before its time
        NodeProcess[] nodes = [books.Start(Load.Prompt), books.Start(Load.Prompt)];
        await Task.WhenAll(nodes.Select(node => node.NumberAsync()));
        var kills = Extent.Of(6, 200);
        var left = new List<long>();
        var takeOvers = new List<TimeSpan>();
        var newest = nodes[0];
        var unborn = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            await LiveAsync(newest);
            // One must go on
            var index = nodes[0].HasStarted && nodes[1].HasStarted ? moments.Choose(2) : nodes[0].HasStarted ? 1 : 0;
            var (mortal, other) = (nodes[index], nodes[1 - index]);
            var living = await other.NumberAsync();
            unborn += mortal.HasStarted ? 0 : 1;
            var died = Stopwatch.GetTimestamp();
            var dying = mortal.KillAsync();
            left.Add(await books.EnvelopesOfOthersThanAsync(living));
            await dying;
            await Eventually.True(
                async () => await books.HasLeftAsync(mortal) && await books.EnvelopesOfOthersThanAsync(living) == 0, NodeProcess.Patience);
            if (left[^1] > 0)
            {
                takeOvers.Add(Stopwatch.GetElapsedTime(died));
            }

            await mortal.DisposeAsync();
            nodes[index] = newest = books.Start(Load.Prompt);
            await other.GoesOnAsync();
        }

        await Task.WhenAll(nodes.Select(node => node.NumberAsync()));
        await books.CloseAsync(nodes);
        // Otherwise there was nothing to take over, and the rest proves nothing
        Assert.NotEmpty(takeOvers);
        takeOvers.Sort();
        report.Add("kills on two nodes",
        [
            ("kills", kills), ("of which while starting", unborn), ("envelopes left by the kills", left.Sum()), ("kills that left some", takeOvers.Count),
            ("median seconds of a take-over", takeOvers[takeOvers.Count / 2].TotalSeconds), ("worst seconds of a take-over", takeOvers[^1].TotalSeconds),
            .. await books.CheckAsync(),
        ]);
        Assert.InRange(takeOvers[^1], TimeSpan.Zero, LongestTakeOver);
    }

    /// <summary>For a random time from its first work, or in one case of three from its start.</summary>
    private async Task LiveAsync(NodeProcess mortal)
    {
        if (moments.Choose(3) > 0)
        {
            await mortal.GoesOnAsync();
        }

        await moments.WaitAsync(1, LongestLife);
    }
}
