using System.Collections.Concurrent;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Every write in its turn, on a fresh thing that was brought to where it can be done: spoilt first, then rightly, then again.</summary>
internal sealed class Deeds
{
    private readonly ApiOperation[] writes;
    private readonly int[] turns = new int[Campaign.Workers];
    private readonly Holders holders;
    private readonly ConcurrentQueue<string> unprepared = new();
    private int done;

    public Deeds(ApiDocument document, Holders holders, int seed)
    {
        (this.holders, writes) = (holders, [.. document.All.Where(operation => operation.Method != HttpMethod.Get)]);
        new Random(seed).Shuffle(writes);
    }

    /// <summary>How many were done, or refused because something that was spoilt had been taken before.</summary>
    public int Done => done;

    /// <summary>What could not be brought that far: others had put something in the way.</summary>
    public IReadOnlyCollection<string> Unprepared => unprepared;

    /// <returns>How many requests were sent.</returns>
    public async Task<int> DoAsync(Campaign campaign, Generator generator, int worker, Random random, CancellationToken token)
    {
        var operation = writes[((turns[worker]++ * Campaign.Workers) + worker) % writes.Length];
        var (before, after) = (random.Next(4, 12), random.Next(4));
        if (await PreparedAsync(campaign, operation, token) is not { } right)
        {
            return 0;
        }

        // Who asks without a key does so here too
        var doer = operation.IsOpen ? holders.Nobody : holders.Doer;
        await SpoilAsync(before);
        await campaign.SendAsync(doer, operation, right, token);
        Interlocked.Increment(ref done);
        await campaign.SendAsync(holders.Draw(random), operation, right with { Kind = "right, again" }, token);
        await SpoilAsync(after);
        return before + 2 + after;

        async Task SpoilAsync(int times)
        {
            for (; times > 0; times--)
            {
                await campaign.SendAsync(random.Next(2) == 0 ? doer : holders.Draw(random), operation, generator.Spoilt(operation, right, random), token);
            }
        }
    }

    private async Task<Wire?> PreparedAsync(Campaign campaign, ApiOperation operation, CancellationToken token)
    {
        try
        {
            var write = await RightWrites.OfAsync(operation.Id, holders.Writer);
            using var content = write.Content;
            return new("right, prepared", operation.Method.Method, write.Address, [], content?.Headers.ContentType?.MediaType, content is null ? null : await content.ReadAsByteArrayAsync(token));
        }
        catch (UndocumentedAnswerException lie)
        {
            campaign.Fault($"{lie.Message}\n    on the way to {operation.Id}");
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or TimeoutException)
        {
            unprepared.Enqueue($"{operation.Id}: {fault.Message}");
        }

        return null;
    }
}
