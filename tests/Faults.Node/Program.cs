using MilleCafes.Faults.Node;
using Microsoft.Extensions.DependencyInjection;
using Wolverine.Persistence.Durability;
using Wolverine.Persistence.Durability.DeadLetterManagement;
using Wolverine.Runtime;

// A node that the tests start, move in time and kill; it stops by itself when its standard input ends, so that none outlives its parent
var order = NodeOrder.Parse(args);
await using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
using var host = Node.Build(order);
await host.StartAsync();
await output.WriteLineAsync($"{Told.Started} {host.Services.GetRequiredService<IWolverineRuntime>().DurabilitySettings.AssignedNodeNumber}");
using var stopping = new CancellationTokenSource();
var waiters = Task.Run(() => new Waiters(host, order, output).WorkAsync(stopping.Token));
while (await Console.In.ReadLineAsync() is { } line)
{
    await ObeyAsync(line.Split(' '));
}

await stopping.CancelAsync();
await waiters;
await host.StopAsync();

async Task ObeyAsync(string[] words)
{
    var letters = host.Services.GetRequiredService<IMessageStore>().DeadLetters;
    var chosen = new DeadLetterEnvelopeQuery([.. words.Skip(1).Select(Guid.Parse)]);
    switch (words[0])
    {
        case Told.List:
            var page = await letters.QueryAsync(new DeadLetterEnvelopeQuery { PageSize = 10_000 }, CancellationToken.None);
            foreach (var letter in page.Envelopes)
            {
                await output.WriteLineAsync($"{Told.Letter} {letter.Id} {letter.MessageType} {letter.ExceptionType} {((InvoiceAsked)letter.Envelope.Message!).Number}");
            }

            break;
        case Told.Replay:
            await letters.ReplayAsync(chosen, CancellationToken.None);
            break;
        case Told.Discard:
            await letters.DiscardAsync(chosen, CancellationToken.None);
            break;
    }

    await output.WriteLineAsync(Told.Done);
}
