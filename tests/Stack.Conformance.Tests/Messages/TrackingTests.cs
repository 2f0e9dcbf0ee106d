using Wolverine;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Sessions that tell a test what its action set off, and when all of it is over.</summary>
public sealed class TrackingTests(ThrowawayServer server) : IAsyncLifetime
{
    private readonly Post post = new(server);
    private readonly Guid id = Guid.CreateVersion7();
    private Node node = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => node = await post.StartAsync(options =>
        options.Discovery.IncludeType(typeof(StockHandler)).IncludeType(typeof(ReferenceHandler)).IncludeType(typeof(LigneHandler)));

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task A_session_reports_the_message_and_all_that_came_of_it()
    {
        var session = await node.Host.TrackActivity().PublishMessageAndWaitAsync(new Reference(id));

        Assert.Equal(TrackingStatus.Completed, session.Status);
        Assert.Equal([1, 2], session.Sent.MessagesOf<Ligne>().Select(ligne => ligne.Number));
        Assert.Equal(3, session.MessageSucceeded.Envelopes().Count());
        Assert.Equal(session.Sent.SingleEnvelope<Reference>().Id, session.MessageSucceeded.SingleEnvelope<Reference>().Id);
        Assert.Empty(session.AllExceptions());
    }

    [Fact]
    public async Task A_session_fails_with_the_exceptions_of_the_handlers()
    {
        post.Script.Plays = (_, _) => throw new NotSupportedException("Out of stock.");

        var failure = await Assert.ThrowsAsync<AggregateException>(() => node.Host.TrackActivity().PublishMessageAndWaitAsync(new Commande(id)));

        Assert.All(failure.InnerExceptions, exception => Assert.IsType<NotSupportedException>(exception));
    }

    [Fact]
    public async Task A_session_that_takes_too_long_names_what_is_outstanding()
    {
        var gate = new TaskCompletionSource();
        post.Script.Plays = (_, _) => gate.Task;

        var failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            node.Host.TrackActivity(TimeSpan.FromSeconds(2)).PublishMessageAndWaitAsync(new Commande(id)));
        gate.SetResult();

        Assert.Contains(typeof(Commande).FullName!, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoked_message_is_handled_before_the_answer_and_its_failure_is_the_callers()
    {
        await node.Host.InvokeMessageAndWaitAsync(new Commande(id));
        Assert.Single(await node.TracesAsync(id));

        post.Script.Plays = (_, _) => throw new NotSupportedException("Out of stock.");
        await Assert.ThrowsAsync<NotSupportedException>(() => node.Host.MessageBus().InvokeAsync(new Commande(id), Token));
        Assert.Single(await node.TracesAsync(id));
    }

    [Fact]
    public async Task An_invoked_message_answers_with_what_the_handler_returns()
    {
        var answer = await node.Host.MessageBus().InvokeAsync<Ligne>(new Reference(id), Token);

        Assert.Equal(new Ligne(id, 2), answer);
    }
}
