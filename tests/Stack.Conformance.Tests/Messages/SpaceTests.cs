using Wolverine.Persistence.Durability.DeadLetterManagement;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Nothing grows without bound: what was handled or discarded leaves neither rows nor space behind.</summary>
public sealed class SpaceTests(ThrowawayServer server)
{
    private const int Many = 25_000;

    private readonly Post post = new(server);

    [Fact]
    public async Task Nothing_is_left_of_handled_messages()
    {
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));

        await node.TrackAsync(new Commande(Guid.CreateVersion7()), new Seen(MessageEventType.MessageSucceeded));

        Assert.Equal(0, await post.WaitingAsync());
        Assert.Equal(0, await post.CountAsync($"{post.Schema}_bus.wolverine_dead_letters"));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task The_space_of_removed_rows_is_given_back_without_waiting_for_the_server()
    {
        var letters = $"{post.Schema}_bus.wolverine_dead_letters";
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));
        await post.ExecuteAsync(
            $"""
            alter table {letters} set (autovacuum_enabled = off);
            insert into {letters} (id, body, message_type, received_at) select gen_random_uuid(), '\x00', 'some.Message', 'local://some/' from generate_series(1, {Many})
            """);
        Assert.NotEqual(0, await SizeAsync());

        await node.DeadLetters.DiscardAsync(new DeadLetterEnvelopeQuery { MessageType = "some.Message" }, TestContext.Current.CancellationToken);

        using var limit = new CancellationTokenSource(Node.Patience);
        while (await SizeAsync() > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        Task<long> SizeAsync() => post.ScalarAsync<long>($"select pg_relation_size('{letters}')");
    }
}
