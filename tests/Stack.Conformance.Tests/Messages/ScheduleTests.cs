using Wolverine;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Messages for later.</summary>
public sealed class ScheduleTests(ThrowawayServer server)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    private readonly Post post = new(server);
    private readonly Guid id = Guid.CreateVersion7();

    [Fact]
    public async Task A_scheduled_message_is_handled_on_time_between_two_heartbeats()
    {
        await using var node = await post.StartAsync(options =>
        {
            Configure(options);
            options.Durability.HealthCheckPollingTime = TimeSpan.FromHours(1);
            options.Durability.ScheduledJobPollingTime = TimeSpan.FromHours(1);
        });
        var due = TimeProvider.System.GetUtcNow() + Soon;
        DateTimeOffset? handled = null;
        post.Script.Plays = (_, _) =>
        {
            handled = TimeProvider.System.GetUtcNow();
            return Task.CompletedTask;
        };

        var session = await node.TrackAsync(bus => bus.ScheduleAsync(new Commande(id), due).AsTask(), new Seen(MessageEventType.MessageSucceeded));

        Assert.Single(session.Scheduled.MessagesOf<Commande>());
        Assert.InRange(handled!.Value, due - TimeSpan.FromMilliseconds(1), due + Node.Patience);
        Assert.Single(await node.TracesAsync(id));
    }

    [Fact]
    public async Task A_scheduled_message_survives_the_node_that_scheduled_it()
    {
        await using (var first = await post.StartAsync(Configure))
        {
            await first.TrackAsync(bus => bus.ScheduleAsync(new Commande(id), Soon).AsTask());
        }

        Assert.Empty(post.Script.Runs);
        Assert.Equal(1, await post.WaitingAsync());
        await using var second = post.Build(Configure);
        await second.TrackAsync(_ => second.Host.StartAsync(), new Seen(MessageEventType.MessageSucceeded));

        Assert.Single(await second.TracesAsync(id));
    }

    [Fact]
    public async Task A_scheduled_message_of_an_uncommitted_session_is_never_handled()
    {
        await using var node = await post.StartAsync(Configure);

        await node.TrackAsync(async bus =>
        {
            await using var session = node.Sessions.OpenSession(bus);
            await bus.ScheduleAsync(new Commande(id), Soon);
        });

        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task A_test_can_play_what_was_scheduled_without_waiting()
    {
        await using var node = await post.StartAsync(Configure);

        var session = await node.TrackAsync(bus => bus.ScheduleAsync(new Commande(id), TimeSpan.FromDays(30)).AsTask());
        var played = await session.PlayScheduledMessagesAsync(Node.Patience);

        Assert.Equal(id, played.MessageSucceeded.SingleMessage<Commande>().Id);
        Assert.Single(await node.TracesAsync(id));
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task A_handler_can_put_its_message_off()
    {
        await using var node = await post.StartAsync(Configure);

        await node.TrackAsync(
            bus => bus.PublishAsync(new Rappel(id, TimeProvider.System.GetUtcNow() + Soon)).AsTask(), new Seen(MessageEventType.MessageSucceeded, 2));

        Assert.Equal(2, post.Script.Runs.Count);
        Assert.Single(await node.TracesAsync(id));
        Assert.Equal(0, await post.WaitingAsync());
    }

    private static void Configure(WolverineOptions options) =>
        options.Discovery.IncludeType(typeof(StockHandler)).IncludeType(typeof(RappelHandler));
}
