using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>What becomes of one message with its consumers.</summary>
public sealed class HandlingTests(ThrowawayServer server)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    private readonly Post post = new(server);
    private readonly Guid id = Guid.CreateVersion7();

    [Fact]
    public async Task Each_consumer_has_its_own_envelope_and_store()
    {
        await using var node = await post.StartAsync(BothConsumers);

        var session = await node.TrackAsync(new Commande(id));

        Assert.Equal(2, session.Sent.Envelopes().Select(envelope => envelope.Id).Distinct().Count());
        Assert.Equal(["compta", "stock"], (await node.TracesAsync(id)).Select(trace => trace.By).Order());
    }

    [Fact]
    public async Task A_consumer_that_fails_does_not_hold_another_back()
    {
        post.Script.Plays = (run, _) => run.By == "stock" ? throw new InvalidOperationException("No stock.") : Task.CompletedTask;
        await using var node = await post.StartAsync(BothConsumers);

        var session = await node.TrackAsync(new Commande(id));

        Assert.Equal("compta", Assert.Single(await node.TracesAsync(id)).By);
        Assert.Single(session.MovedToErrorQueue.Envelopes());
        Assert.Equal(1, post.Script.Runs.Count(run => run.By == "compta"));
    }

    [Fact]
    public async Task A_failed_attempt_leaves_neither_documents_nor_messages()
    {
        post.Script.Plays = (_, _) => throw new InvalidOperationException("After all was said.");
        await using var node = await post.StartAsync(options =>
            options.Discovery.IncludeType(typeof(ReferenceHandler)).IncludeType(typeof(LigneHandler)));

        var session = await node.TrackAsync(new Reference(id));

        Assert.Empty(await node.TracesAsync(id));
        Assert.Empty(session.Sent.MessagesOf<Ligne>());
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task A_policy_retries_after_its_pauses_and_a_later_attempt_counts_once()
    {
        post.Script.Plays = (run, _) => run.Attempt < 3 ? throw new TimeoutException("Not yet.") : Task.CompletedTask;
        await using var node = await post.StartAsync(options =>
        {
            options.Discovery.IncludeType(typeof(StockHandler));
            options.OnException<TimeoutException>().RetryWithCooldown(Moment, Moment);
        });

        await node.TrackAsync(new Commande(id));

        Assert.Equal([1, 2, 3], post.Script.Runs.Select(run => run.Attempt));
        Assert.Single(await node.TracesAsync(id));
    }

    [Fact]
    public async Task A_policy_can_put_the_message_back_for_later_before_it_gives_up()
    {
        post.Script.Plays = (_, _) => throw new TimeoutException("Never.");
        await using var node = await post.StartAsync(options =>
        {
            options.Discovery.IncludeType(typeof(StockHandler));
            options.OnException<TimeoutException>().RetryOnce().Then.ScheduleRetry(Moment);
        });

        await node.TrackAsync(new Commande(id), new Seen(MessageEventType.MovedToErrorQueue));

        Assert.Equal([1, 2, 3], post.Script.Runs.Select(run => run.Attempt));
        Assert.Equal(0, await post.WaitingAsync());
        Assert.Empty(await node.TracesAsync(id));
    }

    [Fact]
    public async Task A_policy_can_discard_the_message()
    {
        post.Script.Plays = (_, _) => throw new TimeoutException("Never mind.");
        await using var node = await post.StartAsync(options =>
        {
            options.Discovery.IncludeType(typeof(StockHandler));
            options.OnException<TimeoutException>().Discard();
        });

        var session = await node.TrackAsync(new Commande(id));

        Assert.Single(session.Discarded.Envelopes());
        Assert.Empty(session.MovedToErrorQueue.Envelopes());
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_a_handler_returns_is_published(int count)
    {
        await using var node = await post.StartAsync(options =>
            options.Discovery.IncludeType(typeof(LivraisonHandler)).IncludeType(typeof(LigneHandler)));

        var session = await node.TrackAsync(new Livraison(id, count));

        Assert.Equal(1 + Math.Max(count, 0), session.MessageSucceeded.Envelopes().Count());
        Assert.Equal(Enumerable.Range(1, Math.Max(count, 0)), (await node.TracesAsync(id)).Select(trace => trace.Number).Order());
    }

    [Fact]
    public async Task What_a_handler_publishes_and_returns_is_committed_with_its_documents()
    {
        await using var node = await post.StartAsync(options =>
            options.Discovery.IncludeType(typeof(ReferenceHandler)).IncludeType(typeof(LigneHandler)));

        await node.TrackAsync(new Reference(id));

        Assert.Equal(["ligne 1", "ligne 2", "reference 0"], (await node.TracesAsync(id)).Select(trace => $"{trace.By} {trace.Number}").Order());
    }

    [Fact]
    public async Task A_sequential_queue_keeps_the_order_and_a_poison_message_does_not_stop_it()
    {
        post.Script.Plays = (run, _) => run.Number == 2 ? throw new InvalidOperationException("Poison.") : Task.CompletedTask;
        await using var node = await post.StartAsync(options =>
        {
            options.Discovery.IncludeType(typeof(StockHandler));
            options.LocalQueueFor<Commande>().Sequential();
            options.OnException<InvalidOperationException>().MoveToErrorQueue();
        });

        var session = await node.TrackAsync(async bus =>
        {
            for (var number = 0; number < 10; number++)
            {
                await bus.PublishAsync(new Commande(id, number));
            }
        });

        Assert.Equal(Enumerable.Range(0, 10), post.Script.Runs.Select(run => run.Number));
        Assert.Equal(9, (await node.TracesAsync(id)).Count);
        Assert.Equal(2, Assert.IsType<Commande>(Assert.Single(session.MovedToErrorQueue.AllMessages())).Number);
    }

    [Fact]
    public async Task An_expired_message_is_discarded()
    {
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));

        var session = await node.TrackAsync(bus =>
            bus.PublishAsync(new Commande(id), new DeliveryOptions { DeliverBy = TimeProvider.System.GetUtcNow() - Moment }).AsTask());

        Assert.Single(session.Discarded.Envelopes());
        Assert.Empty(post.Script.Runs);
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_handler_whose_store_is_not_integrated_is_named_at_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            post.StartAsync(options => options.Discovery.IncludeType(typeof(StrayHandler))));

        Assert.Contains(nameof(StrayHandler), failure.Message, StringComparison.Ordinal);
    }

    private static void BothConsumers(WolverineOptions options) =>
        options.Discovery.IncludeType(typeof(StockHandler)).IncludeType(typeof(ComptaHandler));
}
