using System.Globalization;
using MilleCafes.Faults.Node;

namespace MilleCafes.Faults.Tests;

/// <summary>Messages that fail for good: given up, listed, replayed or discarded, while nodes are killed.</summary>
public sealed class DeadLetterTests(Cluster cluster, Report report)
{
    private readonly Moments moments = new();

    [Fact]
    public async Task Dead_letters_hold_nobody_back_and_are_replayed_or_discarded_once_whatever_dies()
    {
        var books = await Books.OpenAsync(cluster);
        var kills = Extent.Of(2, 20);
        await LiveAndDieAsync(books, kills);
        await using var clerk = books.Start(Load.Nothing);
        await clerk.NumberAsync();
        // The messages that cannot be handled are all out of the way of the others
        await books.SettleAsync();
        await books.CheckEffectAsync("invoice", "number % 10 = 5");
        var letters = await LettersAsync(clerk);
        Assert.NotEmpty(letters);
        Assert.Equal(await books.DeadLettersAsync(), letters.Count);
        Assert.Equal(
            await books.ListAsync("select data ->> 'Number' from bar.mt_doc_round where (data ->> 'Number')::int % 10 = 0 order by 1"),
            letters.Select(letter => letter.Number.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
        Assert.All(letters, letter => Assert.Equal((typeof(InvoiceAsked).FullName, typeof(PrinterBrokenException).FullName), (letter.Message, letter.Exception)));

        await clerk.TellAsync(Told.Repair);
        await clerk.StopAsync();
        var discarded = letters.Where((_, index) => index % 3 == 0).ToList();
        var (handlings, dead) = await HandleAsync(books, discarded.Select(letter => letter.Id).ToHashSet(), kills);

        await books.CheckEffectAsync("invoice", $"number % 5 = 0 and number <> all (array[{string.Join(',', discarded.Select(letter => letter.Number))}])");
        report.Add("dead letters",
        [
            ("kills", kills + dead), ("dead letters", letters.Count), ("discarded", discarded.Count), ("replayed", letters.Count - discarded.Count),
            ("times of replaying and discarding", handlings), .. await books.CheckAsync(),
        ]);
    }

    private async Task LiveAndDieAsync(Books books, int kills)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            await using var mortal = books.Start(Load.Invoiced);
            // Two of them break the printer
            await mortal.GoesOnAsync(rounds: 20);
            await moments.WaitAsync(1, 800);
            await mortal.KillAsync();
            await books.LeaveAsync(mortal);
        }
    }

    /// <summary>Half of the letters at a time, under load, by nodes that may die before, after or while they do as they were told.</summary>
    private async Task<(int Handlings, int Kills)> HandleAsync(Books books, HashSet<Guid> unwanted, int kills)
    {
        for (var handling = 0; ; handling++)
        {
            await using var mortal = books.Start(Load.Invoiced);
            await mortal.GoesOnAsync();
            var letters = await LettersAsync(mortal);
            if (letters.Count == 0)
            {
                await books.CloseAsync(mortal);
                return (handling, Math.Min(handling, kills));
            }

            var dies = handling < kills;
            // An order without ids would be for all
            var some = letters.Take(dies ? 1 + letters.Count / 2 : letters.Count).Select(letter => letter.Id).ToLookup(unwanted.Contains);
            foreach (var chosen in some)
            {
                await (dies ? mortal.SendAsync(Word(chosen.Key), chosen) : mortal.TellAsync(Word(chosen.Key), chosen));
            }

            if (dies)
            {
                await moments.WaitAsync(0, 60);
                await mortal.KillAsync();
                await books.LeaveAsync(mortal);
            }
            else
            {
                await books.CloseAsync(mortal);
            }
        }

        static string Word(bool isUnwanted) => isUnwanted ? Told.Discard : Told.Replay;
    }

    private static async Task<List<DeadLetter>> LettersAsync(NodeProcess node) =>
        [.. (await node.TellAsync(Told.List)).Select(words => new DeadLetter(Guid.Parse(words[1]), int.Parse(words[2], CultureInfo.InvariantCulture), words[3], words[4]))];

    private sealed record DeadLetter(Guid Id, int Number, string Message, string Exception);
}
