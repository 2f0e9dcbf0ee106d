using MilleCafes.Faults.Node;
using MilleCafes.Testing;

namespace MilleCafes.Faults.Tests;

/// <summary>A message whose handler ends the process: whoever starts again meets it again.</summary>
public sealed class DoorTests(Cluster cluster, Report report)
{
    private const int MostDeaths = 12;

    [Fact]
    public async Task A_message_that_ends_every_process_is_given_up_and_all_others_are_handled()
    {
        var books = await Books.OpenAsync(cluster);
        var node = books.Start(Load.Prompt);
        await node.GoesOnAsync(rounds: 5);
        await node.SendAsync(Told.Slam);
        var deaths = 0;
        while (!await IsOverAsync(books, node))
        {
            Assert.InRange(++deaths, 1, MostDeaths);
            await node.DisposeAsync();
            await books.LeaveAsync(node);
            node = books.Start(Load.Prompt);
        }

        await node.GoesOnAsync();
        var letter = Assert.Single(await books.ListAsync("select concat_ws(' ', id, message_type, exception_message) from wolverine.wolverine_dead_letters")).Split(' ', 3);
        await node.TellAsync(Told.Discard, Guid.Parse(letter[0]));
        await books.CloseAsync(node);

        Assert.Equal(typeof(DoorSlammed).FullName, letter[1]);
        Assert.Contains("process", letter[2], StringComparison.Ordinal);
        await books.CheckEffectAsync("door", "false");
        report.Add("a message that ends its process", [("deaths until it was given up", deaths), .. await books.CheckAsync()]);
    }

    /// <summary>Waits until the node is dead, or the message is.</summary>
    private static async Task<bool> IsOverAsync(Books books, NodeProcess node)
    {
        var over = false;
        await Eventually.True(async () => (over = await books.DeadLettersAsync() > 0) || node.HasEnded, NodeProcess.Patience);
        return over;
    }
}
