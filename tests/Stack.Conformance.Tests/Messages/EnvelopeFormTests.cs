using System.Text;
using System.Text.Json;
using Npgsql;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>The rows of the message table, as either stack writes them and the other reads them.</summary>
public sealed class EnvelopeFormTests(ThrowawayServer server)
{
    private readonly Post post = new(server);
    private readonly Commande message = new(Guid.CreateVersion7(), 7);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_the_published_package_wrote_is_handled()
    {
        var seen = new Seen(MessageEventType.MessageSucceeded);
        await using var node = await StartAsync();
        var (queue, conversation) = (await QueueAsync(node), Guid.CreateVersion7());
        await node.StopAsync();
        await InsertAsync(queue, Body(queue, conversation));

        await using var heir = post.Build(options => options.Discovery.IncludeType(typeof(StockHandler)));
        var session = await heir.TrackAsync(_ => heir.Host.StartAsync(Token), seen);

        Assert.Equal(7, Assert.Single(await heir.TracesAsync(message.Id)).Number);
        var envelope = session.MessageSucceeded.SingleEnvelope<Commande>();
        Assert.Equal(("dossier 12", conversation), (envelope.CorrelationId, envelope.ConversationId));
        Assert.Equal("another-service", envelope.Source);
    }

    [Fact]
    public async Task A_row_is_written_as_the_published_package_reads_it()
    {
        await using var node = await StartAsync();
        var due = TimeProvider.System.GetUtcNow().AddDays(1);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        await node.TrackAsync(context =>
        {
            context.CorrelationId = "dossier 12";
            return context.PublishAsync(message, new() { ScheduledTime = due, DeliverBy = due.AddDays(1) }).AsTask();
        });

        var body = await post.ScalarAsync<byte[]>($"select body from {post.Envelopes}");
        using var reader = new BinaryReader(new MemoryStream(body));
        Assert.InRange(DateTime.FromBinary(reader.ReadInt64()), now.AddMinutes(-1), now.AddMinutes(1));
        var headers = new Dictionary<string, string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            headers.Add(reader.ReadString(), reader.ReadString());
        }

        Assert.Equal(message, JsonSerializer.Deserialize<Commande>(reader.ReadBytes(reader.ReadInt32()), JsonSerializerOptions.Web));
        Assert.Equal(reader.BaseStream.Length, reader.BaseStream.Position);
        Assert.Equal(typeof(Commande).FullName, headers["message-type"]);
        Assert.Equal("application/json", headers["content-type"]);
        Assert.Equal("dossier 12", headers["correlation-id"]);
        Assert.Equal(await post.ScalarAsync<Guid>($"select id from {post.Envelopes}"), Guid.Parse(headers["id"]));
        Assert.Equal(await post.ScalarAsync<string>($"select received_at from {post.Envelopes}"), headers["destination"]);
        Assert.Equal(await post.ScalarAsync<string>($"select message_type from {post.Envelopes}"), headers["message-type"]);
    }

    [Fact]
    public async Task What_comes_of_a_message_belongs_to_the_same_conversation()
    {
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(ReferenceHandler)).IncludeType(typeof(LigneHandler)));

        var session = await node.TrackAsync(context =>
        {
            context.CorrelationId = "dossier 12";
            return context.PublishAsync(new Reference(message.Id)).AsTask();
        });

        var cause = session.Sent.SingleEnvelope<Reference>();
        var effects = session.Sent.RecordsInOrder().Where(record => record.Message is Ligne).Select(record => record.Envelope).ToList();
        Assert.Equal(2, effects.Count);
        Assert.All(effects, effect => Assert.Equal("dossier 12", effect.CorrelationId));
        Assert.All(effects, effect => Assert.Equal(cause.Id, effect.ConversationId));
    }

    private Task<Node> StartAsync() => post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));

    /// <summary>The address of the handler's queue, which is the stack's own affair.</summary>
    private async Task<string> QueueAsync(Node node)
    {
        await node.TrackAsync(context => context.PublishAsync(new Commande(Guid.CreateVersion7()), new() { ScheduleDelay = TimeSpan.FromDays(1) }).AsTask());
        return await post.ScalarAsync<string>($"delete from {post.Envelopes} returning received_at");
    }

    // Time of sending, headers, message: the layout of Wolverine's EnvelopeSerializer
    private byte[] Body(string queue, Guid conversation)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"id":"{{message.Id}}","number":{{message.Number}}}""");
        (string Name, string Value)[] headers =
        [
            ("source", "another-service"), ("message-type", typeof(Commande).FullName!), ("content-type", "application/json"),
            ("correlation-id", "dossier 12"), ("conversation-id", conversation.ToString()), ("destination", queue), ("attempts", "0"),
            ("some-header", "of no interest here"),
        ];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(TimeProvider.System.GetUtcNow().UtcDateTime.ToBinary());
        writer.Write(headers.Length);
        foreach (var (name, value) in headers)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(json.Length);
        writer.Write(json);
        return stream.ToArray();
    }

    private async Task InsertAsync(string queue, byte[] body)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            $"insert into {post.Envelopes} (id, status, owner_id, attempts, body, message_type, received_at) values ($1, 'Incoming', 0, 0, $2, $3, $4)", connection)
        {
            Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = body }, new() { Value = typeof(Commande).FullName }, new() { Value = queue } },
        };
        await command.ExecuteNonQueryAsync(Token);
    }
}
