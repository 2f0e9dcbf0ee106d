using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using MilleCafes.Faults.Node;
using MilleCafes.Testing;

namespace MilleCafes.Faults.Tests;

/// <summary>A node as a process of its own, which can be killed.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ConcurrentQueue<int> accepted = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly Channel<string[]> answers = Channel.CreateUnbounded<string[]>();
    private readonly TaskCompletionSource<int> started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NodeProcess(NodeOrder order, string name, IReadOnlyDictionary<string, string>? environment = null)
    {
        Name = name;
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(NodeOrder).Assembly.Location, .. order.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data?.Split(' ') ?? []);
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.Exited += (_, _) =>
        {
            started.TrySetException(Ended());
            answers.Writer.TryComplete(Ended());
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its name among the connections of the server.</summary>
    public string Name { get; }

    /// <summary>The rounds whose waiter was told that they are in the books.</summary>
    public IReadOnlyCollection<int> Accepted => accepted;

    public bool HasStarted => started.Task.IsCompletedSuccessfully;

    public bool HasEnded => process.HasExited;

    private string Errors => string.Join('\n', errors.Take(40));

    /// <summary>Its number among the owners of envelopes, as soon as it has one.</summary>
    public Task<int> NumberAsync() => started.Task.WaitAsync(Patience);

    /// <summary>Returns when it has accepted so many rounds more.</summary>
    public Task GoesOnAsync(int rounds = 1)
    {
        var enough = accepted.Count + rounds;
        return Eventually.True(() => process.HasExited ? throw Ended() : Task.FromResult(accepted.Count >= enough), Patience, $"{Name} accepts rounds");
    }

    /// <summary>kill -9: the process can do nothing more.</summary>
    public Task KillAsync()
    {
        process.Kill();
        return process.WaitForExitAsync();
    }

    /// <summary>Gives an order without waiting for what comes of it.</summary>
    public Task SendAsync(string word, params IEnumerable<Guid> ids) => process.StandardInput.WriteLineAsync(string.Join(' ', ids.Select(id => id.ToString()).Prepend(word)));

    /// <summary>Gives an order and returns what was said before it was done.</summary>
    public async Task<IReadOnlyList<string[]>> TellAsync(string word, params IEnumerable<Guid> ids)
    {
        await SendAsync(word, ids);
        var said = new List<string[]>();
        using var limit = new CancellationTokenSource(Patience);
        while (await answers.Reader.ReadAsync(limit.Token) is [not Told.Done, ..] words)
        {
            said.Add(words);
        }

        return said;
    }

    /// <summary>Stops in an orderly way; a node that could not is a failure.</summary>
    public async Task StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{Name} ended with {process.ExitCode}: {Errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private InvalidOperationException Ended() => new($"{Name} has ended: {Errors}");

    private void Hear(string[] words)
    {
        switch (words)
        {
            case [Told.Accepted, var number]:
                accepted.Enqueue(int.Parse(number, CultureInfo.InvariantCulture));
                break;
            case [Told.Started, var number]:
                started.TrySetResult(int.Parse(number, CultureInfo.InvariantCulture));
                break;
            case [Told.Letter or Told.Done, ..]:
                answers.Writer.TryWrite(words);
                break;
        }
    }
}
