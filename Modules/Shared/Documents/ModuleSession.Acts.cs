using Marten;

namespace MilleCafes.Shared;

/// <summary>Whole acts on documents, with what goes along with them.</summary>
public sealed partial class ModuleSession<TStore>
{
    /// <summary>Stores what goes along with what the holder writes, be it theirs to see or not: of their act, in its transaction.</summary>
    /// <param name="follow">Changes documents by <see cref="SessionUpdates"/>, none of which this session has written, and returns what is to be published.</param>
    public async Task AlongAsync(Func<IDocumentSession, Task<IReadOnlyList<object>>> follow)
    {
        using var acting = actor.Request is null ? null : Acting.ByRequest(actor.Origin!, time);
        foreach (var message in await follow(session))
        {
            await PublishAsync(message);
        }
    }

    /// <summary>The whole of an act on one document: load, decide, store, publish, commit; a refusal leaves nothing behind.</summary>
    /// <param name="unknown">The refusal when there is no such document.</param>
    /// <param name="decide">A pure decision of the document.</param>
    /// <param name="publish">What the other modules are told of the next state, when they are told.</param>
    /// <param name="news">What they are told besides of the step from one state to the next.</param>
    /// <param name="along">What goes along with the next state.</param>
    public async Task<Result<T>> DecideAsync<T>(
        Guid id, Error unknown, Func<T, Result<T>> decide, CancellationToken token, Func<T, object?>? publish = null, Error? onDuplicate = null,
        Func<T, T, IEnumerable<object>>? news = null, Func<T, IDocumentSession, Task<IReadOnlyList<object>>>? along = null)
        where T : Document, IVisible<T>
    {
        if (await LoadAsync<T>(id, token) is not { } document)
        {
            return unknown;
        }

        var decision = guard.Expects(document) ? decide(document) : CommonErrors.PreconditionFailed;
        if (decision.IsRefused(out var refused))
        {
            return refused;
        }

        if (Update(decision.Value))
        {
            foreach (var message in new[] { publish?.Invoke(decision.Value) }.Concat(news?.Invoke(document, decision.Value) ?? []).OfType<object>())
            {
                await PublishAsync(message);
            }

            await (along is null ? Task.CompletedTask : AlongAsync(documents => along(decision.Value, documents)));
        }

        return await CommitAsync(decision.Value, token, onDuplicate);
    }
}
