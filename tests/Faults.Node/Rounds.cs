using System.Diagnostics;
using Marten;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Faults.Node;

/// <summary>The store of the bar: rounds that were ordered, and what the bar did for them.</summary>
public interface IBarStore : IDocumentStore;

/// <summary>The store of the cellar, in another schema.</summary>
public interface ICellarStore : IDocumentStore;

/// <summary>What a command stores.</summary>
public sealed record Round(Guid Id, int Number);

/// <summary>What one run of a consumer leaves: a new document each time, so that doing it twice shows.</summary>
public sealed record Effect(Guid Id, string By, int Number);

/// <summary>The printer works again.</summary>
public sealed record Repair(Guid Id);

public sealed record RoundOrdered(int Number, bool Delayed);

public sealed record RoundServed(int Number);

public sealed record InvoiceAsked(int Number);

public sealed record DoorSlammed(int Number);

public sealed class CellarClosedException(int number) : Exception($"The cellar was closed for round {number}.");

public sealed class PrinterBrokenException(int number) : Exception($"The invoice of round {number} got stuck.");

/// <summary>Which rounds meet with what.</summary>
public static class Rounds
{
    /// <summary>How long a delayed round waits to be served, and a closed cellar to be tried again.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    public static bool IsServedLater(int number) => number % 10 == 7;

    public static bool FindsTheCellarClosedAt(int number, int attempt) => (number % 10) switch
    {
        3 => attempt < 2,
        4 => attempt < 3,
        _ => false,
    };

    public static bool HasInvoice(int number) => number % 5 == 0;

    public static bool BreaksThePrinter(int number) => number % 10 == 0;

    // So that hands are full when death comes
    internal static Task WorkAsync(int number, CancellationToken token) =>
        number % 5 == 1 ? Task.Delay(TimeSpan.FromMilliseconds(40), token) : Task.CompletedTask;
}

/// <summary>Serves what was ordered, at once or later.</summary>
[MartenStore(typeof(IBarStore))]
public static class BarHandler
{
    public static async Task Handle(RoundOrdered message, IDocumentSession session, IMessageContext context, CancellationToken token)
    {
        session.Insert(new Effect(Guid.CreateVersion7(), "bar", message.Number));
        var served = new RoundServed(message.Number);
        if (message.Delayed && Rounds.IsServedLater(message.Number))
        {
            await context.ScheduleAsync(served, Rounds.Delay);
        }
        else
        {
            await context.PublishAsync(served);
        }

        await Rounds.WorkAsync(message.Number, token);
    }
}

/// <summary>The second consumer of the same message, in another store, which fails at times.</summary>
[MartenStore(typeof(ICellarStore))]
public static class CellarHandler
{
    public static async Task Handle(RoundOrdered message, IDocumentSession session, IMessageContext context, CancellationToken token)
    {
        session.Insert(new Effect(Guid.CreateVersion7(), "cellar", message.Number));
        await Rounds.WorkAsync(message.Number, token);
        if (message.Delayed && Rounds.FindsTheCellarClosedAt(message.Number, context.Envelope!.Attempts))
        {
            throw new CellarClosedException(message.Number);
        }
    }
}

/// <summary>Consumes what a consumer published.</summary>
[MartenStore(typeof(ICellarStore))]
public static class BillHandler
{
    public static void Handle(RoundServed message, IDocumentSession session) =>
        session.Insert(new Effect(Guid.CreateVersion7(), "bill", message.Number));
}

/// <summary>Fails for good for some, until the printer is repaired.</summary>
[MartenStore(typeof(ICellarStore))]
public static class InvoiceHandler
{
    public static async Task Handle(InvoiceAsked message, IDocumentSession session, CancellationToken token)
    {
        session.Insert(new Effect(Guid.CreateVersion7(), "invoice", message.Number));
        if (Rounds.BreaksThePrinter(message.Number) && !await session.Query<Repair>().AnyAsync(token))
        {
            throw new PrinterBrokenException(message.Number);
        }
    }
}

/// <summary>Brings the house down, whenever it is tried.</summary>
[MartenStore(typeof(IBarStore))]
public static class DoorHandler
{
    public static void Handle(DoorSlammed message, IDocumentSession session)
    {
        session.Insert(new Effect(Guid.CreateVersion7(), "door", message.Number));
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
