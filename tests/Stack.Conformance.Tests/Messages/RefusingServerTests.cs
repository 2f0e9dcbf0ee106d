using Npgsql;
using Wolverine;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>A server that answers, and refuses: what it refuses is named, and everything goes on once it no longer does.</summary>
[Trait("Stack", "Embedded")]
public sealed class RefusingServerTests : IAsyncLifetime
{
    private readonly Post post;
    private readonly string role;
    private readonly Guid id = Guid.CreateVersion7();

    public RefusingServerTests(ThrowawayServer server)
    {
        post = new Post(server);
        role = post.Schema + "_guest";
    }

    public async ValueTask InitializeAsync()
    {
        await using (await post.StartAsync(Configure))
        {
            // Creates the tables
        }

        await post.ExecuteAsync($"create role {role} login");
        await GrantAsync(post.Schema, post.Schema + "_other");
    }

    public async ValueTask DisposeAsync() => await post.ExecuteAsync($"drop owned by {role}; drop role {role}");

    [Fact]
    public async Task Message_tables_of_somebody_else_are_named_at_start()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(StartAsGuestAsync);

        Assert.Contains(post.Schema + "_bus", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("permission denied", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_may_only_be_read_is_named_at_start()
    {
        await GrantAsync(post.Schema + "_bus");
        await ReadOnlyAsync(true);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(StartAsGuestAsync);

        Assert.Contains(post.Schema + "_bus", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("read-only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_server_may_only_be_read_messages_wait_and_publishers_are_told()
    {
        await GrantAsync(post.Schema + "_bus");
        await using var node = await post.StartAsync(Configure, user: role);
        await using var publisher = await post.StartAsync(options => options.Discovery.IncludeType(typeof(LigneHandler)));
        await ReadOnlyAsync(true);
        await node.CutAsync();

        var told = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await PublishUntilRefusedAsync(node));
        await post.ExecuteAsync(
            $"""
            insert into {post.Envelopes} (id, status, owner_id, attempts, body, message_type, received_at)
            select gen_random_uuid(), 'Incoming', 0, 0, '\x00', 'nobody.Knows.This', 'local://{typeof(StockHandler).FullName!.ToLowerInvariant()}/'
            """);
        var session = await node.TrackAsync(
            async _ =>
            {
                await ReadOnlyAsync(false);
                await node.CutAsync();
            },
            new Seen(MessageEventType.MovedToErrorQueue));

        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, told.SqlState);
        Assert.Equal(TrackingStatus.Completed, session.Status);
        await node.TrackAsync(new Commande(id, 2));
        Assert.Equal(2, Assert.Single(await publisher.TracesAsync(id)).Number);
    }

    private static void Configure(WolverineOptions options) => options.Discovery.IncludeType(typeof(StockHandler));

    // Connections that were cut fail in another way first
    private async Task PublishUntilRefusedAsync(Node node)
    {
        using var limit = new CancellationTokenSource(Node.Patience);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            try
            {
                await node.Host.MessageBus().PublishAsync(new Commande(id, 1));
            }
            catch (NpgsqlException cut) when (cut.SqlState != PostgresErrorCodes.ReadOnlySqlTransaction)
            {
                // Another connection is taken for the next one
            }
        }
    }

    private async Task StartAsGuestAsync()
    {
        await using var node = post.Build(Configure, user: role);
        await node.Host.StartAsync(TestContext.Current.CancellationToken);
    }

    private Task<int> ReadOnlyAsync(bool on) => post.ExecuteAsync($"alter role {role} set default_transaction_read_only = {(on ? "on" : "off")}");

    private async Task GrantAsync(params string[] schemas)
    {
        foreach (var schema in schemas)
        {
            await post.ExecuteAsync(
                $"""
                grant all on schema {schema} to {role};
                grant all on all tables in schema {schema} to {role};
                grant all on all sequences in schema {schema} to {role};
                """);
        }
    }
}
