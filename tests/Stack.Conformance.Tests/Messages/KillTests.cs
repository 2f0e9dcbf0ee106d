using System.Diagnostics;
using System.Globalization;
using Wolverine;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>A process that is really killed (SIGKILL), several times over the same queues.</summary>
public sealed class KillTests(ThrowawayServer server)
{
    private const string ChildVariable = "MILLECAFES_TEST_CHILD";
    private const string Accepted = "accepted";
    private const int Kills = 4;
    private const int Fewest = 30;

    private readonly Guid id = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_process_loses_no_message_and_repeats_no_effect()
    {
        var post = new Post(server);
        var left = new List<long>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await PublishThenKillAsync(post, first: kill * 1_000_000, commits: Fewest + 20 * kill);
            left.Add(await post.WaitingAsync());
        }

        await using var survivor = post.Build(Configure);
        var session = await survivor.TrackAsync(_ => survivor.Host.StartAsync(Token), new Seen(MessageEventType.MessageSucceeded, (int)left[^1]));

        // Otherwise there was nothing to recover, and the rest proves nothing
        Assert.NotEqual(0, left.Sum());
        var traces = (await survivor.TracesAsync(id)).ToLookup(trace => trace.By, trace => trace.Number);
        var requests = traces["request"].Order().ToList();
        Assert.InRange(requests.Count, Kills * Fewest, int.MaxValue);
        Assert.Equal(requests, traces["stock"].Order());
        Assert.Equal(requests, traces["compta"].Order());
        Assert.Equal(0, await post.WaitingAsync());
        Assert.Empty(session.AllExceptions());
    }

    /// <summary>The child: publishes until it is killed, or its parent is gone.</summary>
    [Fact(Explicit = true)]
    public async Task Publish_until_killed()
    {
        var given = Environment.GetEnvironmentVariable(ChildVariable);
        Assert.SkipUnless(given is not null, "Another test starts this one in a process of its own");
        var (schema, cause, number) = given.Split(' ') is [var first, var second, var third]
            ? (first, Guid.Parse(second), int.Parse(third, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{ChildVariable} says {given}");
        await using var node = await new Post(server, schema).StartAsync(Configure);
        // The runner keeps Console for itself
        await using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        var orphaned = Task.Run(Console.In.ReadLine, Token);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            while (!orphaned.IsCompleted)
            {
                var bus = node.Host.MessageBus();
                await using var session = node.Sessions.OpenSession(bus);
                var message = new Commande(cause, Interlocked.Increment(ref number));
                session.Insert(new Trace(Guid.CreateVersion7(), cause, "request", message.Number));
                await bus.PublishAsync(message);
                await session.SaveChangesAsync(Token);
                await output.WriteLineAsync(Accepted);
            }
        }));
    }

    private async Task PublishThenKillAsync(Post post, int first, int commits)
    {
        var program = Path.ChangeExtension(typeof(KillTests).Assembly.Location, null);
        using var child = Process.Start(new ProcessStartInfo(
            program, ["-noLogo", "-explicit", "only", "-method", $"{typeof(KillTests).FullName}.{nameof(Publish_until_killed)}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["MILLECAFES_TEST_CONNECTION"] = post.ConnectionString,
                [ChildVariable] = string.Create(CultureInfo.InvariantCulture, $"{post.Schema} {id} {first}"),
            },
        })!;
        try
        {
            var seen = new List<string>();
            while (seen.Count(line => line.Contains(Accepted, StringComparison.Ordinal)) < commits)
            {
                seen.Add(await child.StandardOutput.ReadLineAsync(Token)
                    ?? throw new InvalidOperationException($"The child ended by itself:\n{string.Join('\n', seen)}"));
            }
        }
        finally
        {
            child.Kill();
        }

        await child.WaitForExitAsync(Token);
        Assert.NotEqual(0, child.ExitCode);
        await WaitForBackendsAsync(post);
    }

    // A commit that the dead child had sent may still be under way
    private static async Task WaitForBackendsAsync(Post post)
    {
        using var limit = new CancellationTokenSource(Node.Patience);
        while (await post.CountAsync($"pg_stat_activity where starts_with(application_name, '{post.Schema}_')") > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static void Configure(WolverineOptions options) =>
        options.Discovery.IncludeType(typeof(StockHandler)).IncludeType(typeof(ComptaHandler));
}
