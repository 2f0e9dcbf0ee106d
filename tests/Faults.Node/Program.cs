using MilleCafes.Faults.Node;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;
using Wolverine.Persistence.Durability;
using Wolverine.Persistence.Durability.DeadLetterManagement;

// A node for the tests to start, kill and move in time; it stops by itself when its standard input ends, so none outlives its parent
var order = NodeOrder.Parse(args);
await using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
using var host = Node.Build(order);
await host.StartAsync();
await output.WriteLineAsync($"{Told.Started} {host.Services.GetRequiredService<WolverineOptions>().Durability.AssignedNodeNumber}");
using var resting = new CancellationTokenSource();
var waiters = Task.Run(() => new Waiters(host, order, output).WorkAsync(resting.Token));
while (await Console.In.ReadLineAsync() is { } line)
{
    await ObeyAsync(line.Split(' '));
}

await RestAsync();
await host.StopAsync();

async Task RestAsync()
{
    await resting.CancelAsync();
    await waiters;
}

async Task ObeyAsync(string[] words)
{
    var letters = host.Services.GetRequiredService<IMessageStore>().DeadLetters;
    var chosen = new DeadLetterEnvelopeQuery([.. words.Skip(1).Select(Guid.Parse)]);
    switch (words[0])
    {
        case Told.Rest:
            await RestAsync();
            break;
        case Told.Repair:
            await using (var session = host.Services.GetRequiredService<ICellarStore>().LightweightSession())
            {
                session.Insert(new Repair(Guid.CreateVersion7()));
                await session.SaveChangesAsync();
            }

            break;
        case Told.List:
            foreach (var letter in (await letters.QueryAsync(new DeadLetterEnvelopeQuery { PageSize = 10_000 }, CancellationToken.None)).Envelopes)
            {
                await output.WriteLineAsync($"{Told.Letter} {letter.Id} {((InvoiceAsked)letter.Envelope.Message!).Number} {letter.MessageType} {letter.ExceptionType}");
            }

            break;
        case Told.Replay:
            await letters.ReplayAsync(chosen, CancellationToken.None);
            break;
        case Told.Discard:
            await letters.DiscardAsync(chosen, CancellationToken.None);
            break;
        case Told.Slam:
            await host.MessageBus().PublishAsync(new DoorSlammed(order.First));
            break;
    }

    await output.WriteLineAsync(Told.Done);
}
