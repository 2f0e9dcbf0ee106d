using System.Collections.Concurrent;
using Marten;
using MilleCafes.Stack.Conformance.Tests.Documents;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>What a test makes the handlers do, and what they did.</summary>
public sealed class Script
{
    private readonly ConcurrentQueue<Run> runs = new();

    /// <summary>Runs within every handler, after it has used its session and its bus.</summary>
    public Func<Run, CancellationToken, Task> Plays { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<Run> Runs => [.. runs];

    public Task PlayAsync(Run run, CancellationToken token)
    {
        runs.Enqueue(run);
        return Plays(run, token);
    }
}

/// <summary>One run of a handler.</summary>
public sealed record Run(string By, Guid Of, int Number, int Attempt);

/// <summary>What a handler leaves in the store: a new document each time, so that doing it twice shows.</summary>
public sealed record Trace(Guid Id, Guid Of, string By, int Number);

public sealed record Commande(Guid Id, int Number = 0);

public sealed record Livraison(Guid Id, int Count);

public sealed record Ligne(Guid Id, int Number);

public sealed record Reference(Guid Id);

public sealed record Fragile
{
    public Fragile(string content) =>
        Content = content == "broken" ? throw new ArgumentException("This content cannot be read.", nameof(content)) : content;

    public string Content { get; }
}

public sealed record Rappel(Guid Id, DateTimeOffset Due);

public sealed record Unheard(Guid Id);

[MartenStore(typeof(ITestStore))]
public static class StockHandler
{
    public static async Task Handle(Commande message, IDocumentSession session, IMessageContext context, Script script, CancellationToken token)
    {
        session.Insert(new Trace(Guid.CreateVersion7(), message.Id, "stock", message.Number));
        await script.PlayAsync(new("stock", message.Id, message.Number, context.Envelope!.Attempts), token);
    }
}

[MartenStore(typeof(IOtherStore))]
public static class ComptaHandler
{
    public static async Task Handle(Commande message, IDocumentSession session, IMessageContext context, Script script, CancellationToken token)
    {
        session.Insert(new Trace(Guid.CreateVersion7(), message.Id, "compta", message.Number));
        await script.PlayAsync(new("compta", message.Id, message.Number, context.Envelope!.Attempts), token);
    }
}

/// <summary>Answers with nothing, one message or several.</summary>
public static class LivraisonHandler
{
    public static IEnumerable<object>? Handle(Livraison message) =>
        message.Count < 0 ? null : Enumerable.Range(1, message.Count).Select(number => new Ligne(message.Id, number));
}

[MartenStore(typeof(ITestStore))]
public static class ReferenceHandler
{
    public static async Task<Ligne?> Handle(Reference message, IDocumentSession session, IMessageContext context, Script script, CancellationToken token)
    {
        session.Insert(new Trace(Guid.CreateVersion7(), message.Id, "reference", 0));
        await context.PublishAsync(new Ligne(message.Id, 1));
        await script.PlayAsync(new("reference", message.Id, 0, context.Envelope!.Attempts), token);
        return new Ligne(message.Id, 2);
    }
}

[MartenStore(typeof(ITestStore))]
public static class LigneHandler
{
    public static void Handle(Ligne message, IDocumentSession session) =>
        session.Insert(new Trace(Guid.CreateVersion7(), message.Id, "ligne", message.Number));
}

public static class FragileHandler
{
    public static void Handle(Fragile message) => ArgumentNullException.ThrowIfNull(message);
}

[MartenStore(typeof(ITestStore))]
public static class RappelHandler
{
    public static async Task Handle(Rappel message, IDocumentSession session, IMessageContext context, TimeProvider time, Script script, CancellationToken token)
    {
        await script.PlayAsync(new("rappel", message.Id, message.Due.CompareTo(time.GetUtcNow()), context.Envelope!.Attempts), token);
        if (script.Runs.Count == 1)
        {
            await context.ReScheduleCurrentAsync(message.Due);
            return;
        }

        session.Insert(new Trace(Guid.CreateVersion7(), message.Id, "rappel", 0));
    }
}

/// <summary>Belongs to a store that no application of these tests has.</summary>
[MartenStore(typeof(IDocumentStore))]
public static class StrayHandler
{
    public static void Handle(Commande message, IDocumentSession session) => session.Insert(new Trace(Guid.CreateVersion7(), message.Id, "stray", 0));
}
