using MilleCafes.Faults.Node;

namespace MilleCafes.Faults.Tests;

/// <summary>Wall clocks that jump by hours or days, of a node and of the server.</summary>
public sealed class ClockTests(Cluster cluster, Report report)
{
    // The smallest jump is an hour; a busy machine takes seconds
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private readonly Moments moments = new();

    private static int Jumps => Extent.Of(2, 20);

    [Fact]
    public async Task A_node_whose_clock_jumps_serves_and_tries_again_when_it_was_asked_to()
    {
        var directory = Directory.CreateTempSubdirectory("millecafes-clock-");
        try
        {
            var books = await Books.OpenAsync(cluster);
            for (var jump = 0; jump < Jumps; jump++)
            {
                var clock = new Clock(directory.FullName);
                await using var mortal = books.Start(Load.Delayed, clock.Environment);
                await mortal.GoesOnAsync(rounds: 20);
                clock.Move(Offset(jump));
                await mortal.GoesOnAsync(rounds: 20);
                await moments.WaitAsync(1000, 2000);
                // What it leaves was written by a wrong clock
                await mortal.KillAsync();
                await books.LeaveAsync(mortal);
            }

            var restless = new Clock(directory.FullName);
            await using var node = books.Start(Load.Delayed, restless.Environment);
            for (var jump = 0; jump < Jumps; jump++)
            {
                await node.GoesOnAsync();
                await moments.WaitAsync(1000, 2000);
                restless.Move(Offset(jump));
            }

            await node.GoesOnAsync();
            await books.ScheduleAsync(TimeSpan.FromHours(1));
            await using var early = books.Start(Load.Delayed, Clock.Wrong(TimeSpan.FromDays(1)));
            await early.GoesOnAsync(rounds: 5);
            // It started a day ahead, and has left alone what is for later
            Assert.Equal(1, await books.UnscheduleAsync());
            // Still wrong, both of them
            await books.CloseAsync(node, early);
            // A round is in the books before anything is asked for; the bar's effect, which asks, may be written a good while after
            var (soonest, _) = await books.TimesAsync("round", "bill", "number % 10 = 7");
            var (_, latest) = await books.TimesAsync("bar", "bill", "number % 10 = 7");
            var retried = await books.TimesAsync("round", "cellar", "number % 10 = 4");
            var usual = await books.TimesAsync("round", "cellar", "number % 10 = 2");
            report.Add("jumps of a node's clock",
            [
                ("jumps", 2 * Jumps), ("kills", Jumps), ("seconds asked for", Rounds.Delay.TotalSeconds), ("longest seconds without being asked", usual.Longest.TotalSeconds),
                ("shortest seconds before serving", soonest.TotalSeconds), ("longest seconds before serving", latest.TotalSeconds),
                ("shortest seconds before another try", retried.Shortest.TotalSeconds), ("longest seconds before another try", retried.Longest.TotalSeconds),
                .. await books.CheckAsync(),
            ]);
            // Another try stands in the same queue twice
            foreach (var seen in new[] { soonest, latest, retried.Shortest, retried.Longest })
            {
                Assert.InRange(seen, Rounds.Delay - Early, Rounds.Delay + Late + 2 * usual.Longest);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_server_whose_clock_jumps_loses_nothing_and_is_on_time_when_its_clock_is_right_again()
    {
        var (own, clock) = await Cluster.StartWithClockAsync();
        await using var _ = own;
        var books = await Books.OpenAsync(own);
        await using var witness = books.Start(Load.Prompt);
        for (var jump = 0; jump < Jumps; jump++)
        {
            await using var mortal = books.Start(Load.Prompt);
            await Task.WhenAll(mortal.GoesOnAsync(), witness.GoesOnAsync());
            clock.Move(Offset(jump));
            await moments.WaitAsync(100, 1500);
            // What it leaves is old at once, or not yet written
            await mortal.KillAsync();
            await books.LeaveAsync(mortal);
        }

        await witness.GoesOnAsync();
        clock.Move(TimeSpan.Zero);
        await using var late = books.Start(Load.Delayed);
        await late.GoesOnAsync();
        await moments.WaitAsync(1000, 2000);
        await books.CloseAsync(witness, late);
        report.Add("jumps of the server's clock", [("jumps", Jumps), ("kills", Jumps), .. await books.CheckAsync()]);
    }

    // Forwards and backwards in turn, from an hour to nine days
    private TimeSpan Offset(int jump) => (jump % 2 == 0 ? 1 : -1) * moments.Choose(TimeSpan.FromHours(1), TimeSpan.FromHours(7), TimeSpan.FromDays(1), TimeSpan.FromDays(9));
}
