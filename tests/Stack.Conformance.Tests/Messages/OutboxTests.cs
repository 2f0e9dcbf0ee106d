using JasperFx;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Documents and messages are committed together, or not at all.</summary>
public sealed class OutboxTests(ThrowawayServer server) : IAsyncLifetime
{
    private readonly Post post = new(server);
    private readonly Guid id = Guid.CreateVersion7();
    private Node node = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task A_document_and_its_message_are_committed_together()
    {
        await node.TrackAsync(async bus =>
        {
            await using var session = node.Sessions.OpenSession(bus);
            session.Insert(new Trace(id, id, "request", 0));
            await bus.PublishAsync(new Commande(id));
            Assert.Equal(0, await post.WaitingAsync());
            await session.SaveChangesAsync(Token);
        });

        Assert.Equal(["request", "stock"], (await node.TracesAsync(id)).Select(trace => trace.By).Order());
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task A_message_alone_is_committed_too()
    {
        await node.TrackAsync(bus => CommitAsync(bus, new Commande(id)));

        Assert.Single(await node.TracesAsync(id));
    }

    [Fact]
    public async Task A_session_that_was_not_committed_publishes_nothing()
    {
        var session = await node.TrackAsync(async bus =>
        {
            await using var abandoned = node.Sessions.OpenSession(bus);
            abandoned.Insert(new Trace(id, id, "request", 0));
            await bus.PublishAsync(new Commande(id));
        });

        Assert.Empty(session.Sent.AllMessages());
        Assert.Equal(0, await post.WaitingAsync());
        Assert.Empty(await node.TracesAsync(id));
    }

    [Fact]
    public async Task A_commit_that_fails_publishes_nothing()
    {
        await using (var first = node.Sessions.OpenSession())
        {
            first.Insert(new Trace(id, id, "first", 0));
            await first.SaveChangesAsync(Token);
        }

        var session = await node.TrackAsync(async bus =>
        {
            await using var second = node.Sessions.OpenSession(bus);
            second.Insert(new Trace(id, id, "second", 0));
            await bus.PublishAsync(new Commande(id));
            await Assert.ThrowsAsync<DocumentAlreadyExistsException>(() => second.SaveChangesAsync(Token));
        });

        Assert.Empty(session.Sent.AllMessages());
        Assert.Equal(0, await post.WaitingAsync());
        Assert.Equal("first", Assert.Single(await node.TracesAsync(id)).By);
    }

    [Fact]
    public async Task What_an_abandoned_session_published_does_not_leave_with_the_next_one()
    {
        var session = await node.TrackAsync(async bus =>
        {
            await using (node.Sessions.OpenSession(bus))
            {
                await bus.PublishAsync(new Commande(id, 1));
            }

            await CommitAsync(bus, new Commande(id, 2));
        });

        Assert.Equal(2, session.Sent.SingleMessage<Commande>().Number);
        Assert.Equal(2, Assert.Single(await node.TracesAsync(id)).Number);
    }

    [Fact]
    public async Task A_second_commit_of_a_session_publishes_only_what_is_new()
    {
        var session = await node.TrackAsync(async bus =>
        {
            await using var twice = node.Sessions.OpenSession(bus);
            await bus.PublishAsync(new Commande(id, 1));
            await twice.SaveChangesAsync(Token);
            await twice.SaveChangesAsync(Token);
            await bus.PublishAsync(new Commande(id, 2));
            await twice.SaveChangesAsync(Token);
        });

        Assert.Equal([1, 2], session.Sent.MessagesOf<Commande>().Select(message => message.Number));
        Assert.Equal([1, 2], (await node.TracesAsync(id)).Select(trace => trace.Number).Order());
    }

    [Fact]
    public async Task A_bus_without_a_session_publishes_at_once()
    {
        await node.TrackAsync(new Commande(id));

        Assert.Single(await node.TracesAsync(id));
    }

    [Fact]
    public async Task A_message_that_nobody_handles_is_no_error_to_publish_and_one_to_send()
    {
        var session = await node.TrackAsync(new Unheard(id));
        await using var scope = node.Host.Services.CreateAsyncScope();

        Assert.Equal(id, session.NoRoutes.SingleMessage<Unheard>().Id);
        await Assert.ThrowsAnyAsync<Exception>(() => scope.ServiceProvider.GetRequiredService<IMessageBus>().SendAsync(new Unheard(id)).AsTask());
        Assert.Equal(0, await post.WaitingAsync());
    }

    private async Task CommitAsync(IMessageBus bus, object message)
    {
        await using var session = node.Sessions.OpenSession(bus);
        await bus.PublishAsync(message);
        await session.SaveChangesAsync(Token);
    }
}
