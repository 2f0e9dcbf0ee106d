using Marten.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Wolverine;
using Wolverine.Marten.Publishing;

namespace MilleCafes.Faults.Node;

/// <summary>Take orders at a steady rate, and tell the parent of each that was accepted.</summary>
internal sealed class Waiters(IHost host, NodeOrder order, TextWriter output)
{
    private const int Count = 4;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(30);

    private readonly OutboxedSessionFactory<IBarStore> sessions = host.Services.GetRequiredService<OutboxedSessionFactory<IBarStore>>();
    private int number = order.First;

    public Task WorkAsync(CancellationToken stopping) =>
        order.Load == Load.Nothing ? Task.CompletedTask : Task.WhenAll(Enumerable.Range(0, Count).Select(_ => TakeOrdersAsync(stopping)));

    private async Task TakeOrdersAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Pace);
        while (!stopping.IsCancellationRequested)
        {
            var next = Interlocked.Increment(ref number);
            try
            {
                await TakeAsync(next);
                await output.WriteLineAsync($"{Told.Accepted} {next}");
            }
            catch (Exception fault) when (fault is MartenCommandException or NpgsqlException)
            {
                // Nobody was told yes: it may be there or not
            }
            catch (Exception unexpected)
            {
                await Console.Error.WriteLineAsync($"An order failed by more than its database: {unexpected}");
                Environment.Exit(1);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task TakeAsync(int next)
    {
        var bus = host.MessageBus();
        await using var session = sessions.OpenSession(bus);
        session.Insert(new Round(Guid.CreateVersion7(), next));
        await bus.PublishAsync(new RoundOrdered(next, order.Load != Load.Prompt));
        if (order.Load == Load.Invoiced && Rounds.HasInvoice(next))
        {
            await bus.PublishAsync(new InvoiceAsked(next));
        }

        await session.SaveChangesAsync();
    }
}
