using System.Text.Json;
using Wolverine.ErrorHandling;
using Wolverine.Persistence.Durability.DeadLetterManagement;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Messages that nobody can handle: kept aside, listed, played again or thrown away.</summary>
public sealed class DeadLetterTests(ThrowawayServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    private readonly Post post = new(server);
    private readonly Guid id = Guid.CreateVersion7();
    private Node node = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => node = await post.StartAsync(options =>
    {
        options.Discovery.IncludeType(typeof(StockHandler)).IncludeType(typeof(FragileHandler));
        options.Durability.StaleNodeTimeout = TimeSpan.FromMilliseconds(100);
        options.OnAnyException().MoveToErrorQueue();
    });

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task A_dead_letter_says_what_failed_and_why()
    {
        var dead = await FailAsync();

        var found = await node.DeadLetters.DeadLetterEnvelopeByIdAsync(dead);
        Assert.NotNull(found);
        Assert.Equal(typeof(Commande).FullName, found.MessageType);
        Assert.Equal(typeof(NotSupportedException).FullName, found.ExceptionType);
        Assert.Equal("Half of a pair: \ufffd.", found.ExceptionMessage);
        Assert.Equal(new Commande(id), found.Envelope.Message);
        Assert.Contains("stock", found.ReceivedAt, StringComparison.Ordinal);
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task Dead_letters_are_listed_by_message_and_exception_page_by_page()
    {
        var dead = new[] { await FailAsync(), await FailAsync(), await FailAsync() };
        var ofStock = new DeadLetterEnvelopeQuery { MessageType = typeof(Commande).FullName, ExceptionType = typeof(NotSupportedException).FullName, PageSize = 2 };

        var first = await node.DeadLetters.QueryAsync(ofStock, Token);
        ofStock.PageNumber = 2;
        var second = await node.DeadLetters.QueryAsync(ofStock, Token);
        var others = await node.DeadLetters.QueryAsync(new() { MessageType = typeof(Fragile).FullName }, Token);

        Assert.Equal(3, first.TotalCount);
        Assert.Equal(dead.Order(), first.Envelopes.Concat(second.Envelopes).Select(letter => letter.Id).Order());
        Assert.Empty(others.Envelopes);
    }

    [Fact]
    public async Task A_replayed_dead_letter_is_handled_once_and_gone()
    {
        var dead = await FailAsync();
        post.Script.Plays = (_, _) => Task.CompletedTask;

        await node.TrackAsync(_ => node.DeadLetters.ReplayAsync(new([dead]), Token), new Seen(MessageEventType.MessageSucceeded));
        await node.DeadLetters.ReplayAsync(new([dead]), Token);

        Assert.Single(await node.TracesAsync(id));
        Assert.Null(await node.DeadLetters.DeadLetterEnvelopeByIdAsync(dead));
    }

    [Fact]
    public async Task A_replayed_dead_letter_that_fails_again_is_a_dead_letter_again()
    {
        var dead = await FailAsync();

        await node.TrackAsync(_ => node.DeadLetters.ReplayAsync(new([dead]), Token), new Seen(MessageEventType.MovedToErrorQueue));

        Assert.NotNull(await node.DeadLetters.DeadLetterEnvelopeByIdAsync(dead));
    }

    [Fact]
    public async Task A_discarded_dead_letter_is_gone_and_the_others_stay()
    {
        var dead = await FailAsync();
        var other = await FailAsync();

        await node.DeadLetters.DiscardAsync(new([dead]), Token);

        Assert.Null(await node.DeadLetters.DeadLetterEnvelopeByIdAsync(dead));
        Assert.NotNull(await node.DeadLetters.DeadLetterEnvelopeByIdAsync(other));
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Theory]
    [InlineData("body = '\\x00ff00'")]
    [InlineData("body = ''")]
    [InlineData("message_type = 'nobody.Knows.This'")]
    [InlineData("received_at = 'local://gone.handler/'")]
    [InlineData("received_at = 'not an address'")]
    public async Task A_message_that_cannot_be_understood_becomes_a_dead_letter_and_holds_nobody_back(string damage)
    {
        await node.TrackAsync(bus => bus.PublishAsync(new Commande(id, 1), new() { ScheduleDelay = Never }).AsTask());
        await DamageAsync(damage);

        await node.TrackAsync(new Commande(id, 2));
        await BuriedAsync();

        Assert.Equal(2, Assert.Single(await node.TracesAsync(id)).Number);
    }

    [Fact]
    public async Task A_message_whose_type_has_changed_since_becomes_a_dead_letter_that_says_which_member_does_not_fit()
    {
        await node.TrackAsync(bus => bus.PublishAsync(new Commande(id, 123), new() { ScheduleDelay = Never }).AsTask());
        await DamageAsync("body = decode(replace(encode(body, 'hex'), encode(':123', 'hex'), encode(':\"a\"', 'hex')), 'hex')");

        await BuriedAsync();

        var letter = Assert.Single((await node.DeadLetters.QueryAsync(new(), Token)).Envelopes);
        Assert.Equal(typeof(JsonException).FullName, letter.ExceptionType);
        Assert.Contains("$.number", letter.ExceptionMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_whose_constructor_refuses_the_body_becomes_a_dead_letter()
    {
        await node.TrackAsync(bus => bus.PublishAsync(new Fragile("whole!"), new() { ScheduleDelay = Never }).AsTask());
        await DamageAsync("body = decode(replace(encode(body, 'hex'), encode('whole!', 'hex'), encode('broken', 'hex')), 'hex')");

        await BuriedAsync();

        var letter = Assert.Single((await node.DeadLetters.QueryAsync(new(), Token)).Envelopes);
        Assert.Equal(typeof(ArgumentException).FullName, letter.ExceptionType);
    }

    private async Task<Guid> FailAsync()
    {
        post.Script.Plays = (_, _) => throw new NotSupportedException("Half of a pair: \ud83d\0.");
        var session = await node.TrackAsync(new Commande(id));
        return Assert.Single(session.MovedToErrorQueue.Envelopes()).Id;
    }

    /// <summary>Alters the one scheduled envelope, as a failing disk or another version would have, and lets it come due.</summary>
    private async Task DamageAsync(string damage) =>
        Assert.Equal(1, await post.ExecuteAsync(
            $"update {post.Envelopes} set {damage}, execution_time = now(), \"timestamp\" = now() - interval '1 hour' where status = 'Scheduled'"));

    /// <summary>Returns when a further message, played again and again, finds the damaged one among the dead letters.</summary>
    private async Task BuriedAsync()
    {
        using var limit = new CancellationTokenSource(Node.Patience);
        while ((await node.DeadLetters.QueryAsync(new(), Token)).TotalCount == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await node.TrackAsync(bus => bus.PublishAsync(new Commande(Guid.CreateVersion7()), new() { ScheduleDelay = TimeSpan.FromMilliseconds(50) }).AsTask(), new Seen(MessageEventType.MessageSucceeded));
        }
    }
}
