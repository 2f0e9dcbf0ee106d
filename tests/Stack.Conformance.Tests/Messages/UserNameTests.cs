using Wolverine;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Hears of each message ahead of its handler, in the handler's own flow.</summary>
public static class Eavesdropper
{
    private static readonly AsyncLocal<string?> Ambient = new();

    public static string? Heard => Ambient.Value;

    public static void Before(Envelope envelope, IMessageContext context)
    {
        Ambient.Value = $"{envelope.Message!.GetType().Name} of {context.UserName}";
        context.UserName = envelope.Message is Ligne ? null : context.UserName;
    }
}

/// <summary>On whose behalf a message is published, and what is called ahead of handlers.</summary>
public sealed class UserNameTests(ThrowawayServer server)
{
    private readonly Post post = new(server);
    private readonly Reference message = new(Guid.CreateVersion7());

    [Fact]
    public async Task What_comes_of_a_message_carries_the_name_of_its_cause()
    {
        await using var node = await StartAsync(relays: true);

        var session = await node.TrackAsync(PublishAsync);

        Assert.Equal("Camille", session.MessageSucceeded.SingleEnvelope<Reference>().UserName);
        var effects = session.Sent.RecordsInOrder().Where(record => record.Message is Ligne).Select(record => record.Envelope.UserName).ToList();
        Assert.Equal(["Camille", "Camille"], effects);
    }

    [Fact]
    public async Task A_name_waits_in_the_table_with_its_message()
    {
        await using (var first = await StartAsync(relays: true))
        {
            await first.TrackAsync(context =>
            {
                context.UserName = "Camille";
                return context.ScheduleAsync(message, TimeSpan.FromSeconds(2)).AsTask();
            });
            await first.StopAsync();
        }

        var seen = new Seen(Wolverine.Tracking.MessageEventType.MessageSucceeded);
        await using var heir = post.Build(Configure(relays: true));
        var session = await heir.TrackAsync(_ => heir.Host.StartAsync(TestContext.Current.CancellationToken), seen);

        Assert.Equal("Camille", session.MessageSucceeded.SingleEnvelope<Reference>().UserName);
    }

    [Fact]
    public async Task Without_the_option_no_name_is_carried()
    {
        await using var node = await StartAsync(relays: false);

        var session = await node.TrackAsync(PublishAsync);

        Assert.Null(session.MessageSucceeded.SingleEnvelope<Reference>().UserName);
    }

    [Fact]
    public async Task What_is_set_ahead_of_a_handler_is_there_within_it()
    {
        string? heard = null;
        await using var node = await StartAsync(relays: true);
        post.Script.Plays = (_, _) =>
        {
            heard = Eavesdropper.Heard;
            return Task.CompletedTask;
        };

        await node.TrackAsync(PublishAsync);

        Assert.Equal("Reference of Camille", heard);
    }

    private Task PublishAsync(IMessageContext context)
    {
        context.UserName = "Camille";
        return context.PublishAsync(message).AsTask();
    }

    private Task<Node> StartAsync(bool relays) => post.StartAsync(Configure(relays));

    private static Action<WolverineOptions> Configure(bool relays) => options =>
    {
        options.EnableRelayOfUserName = relays;
        options.Policies.AddMiddleware(typeof(Eavesdropper));
        options.Discovery.IncludeType(typeof(ReferenceHandler)).IncludeType(typeof(LigneHandler));
    };
}
