using Npgsql;

namespace Wolverine.Runtime;

/// <summary>The envelopes of one commit: what was published, and what the handled one becomes, written in the same batch as the documents.</summary>
internal sealed class EnvelopeTransaction(WolverineRuntime runtime, Envelope? handled = null)
{
    private readonly List<Envelope> pending = [];
    private List<Envelope> written = [];
    private bool claims;

    /// <summary>Set once the handler has returned: the next commit completes the handled envelope.</summary>
    public bool Completing { get; set; }

    public bool Completed { get; private set; }

    /// <summary>Nothing came of the handler that would have to be committed with the end of its envelope.</summary>
    public bool OnlyCompletes => Completing && !Completed && handled is not null && pending.Count == 0 && RescheduledTo is null;

    public DateTimeOffset? RescheduledTo { get; set; }

    public void Publish(IEnumerable<Envelope> envelopes) => pending.AddRange(envelopes);

    /// <param name="alone">Nothing else is in the batch.</param>
    public void AppendTo(NpgsqlBatch batch, bool alone = false)
    {
        claims = handled is not null && !Completed;
        if (claims)
        {
            batch.BatchCommands.Add(
                !Completing ? runtime.Store.Fence(handled!)
                : RescheduledTo is { } time ? runtime.Store.Reschedule(handled!, time)
                : runtime.Store.Completion(handled!, alone: alone && pending.Count == 0));
        }

        written = [.. pending];
        runtime.Queues.AssignOwners(written);
        runtime.Store.AppendInserts(batch, written);
        if (written.Exists(envelope => envelope is { OwnerId: 0, Status: EnvelopeStatus.Incoming }) && runtime.Agent.MayCall())
        {
            batch.BatchCommands.Add(runtime.Store.CallOthers());
        }
    }

    /// <summary>Of the commands added here, only the claim divides.</summary>
    public Exception? Explain(PostgresException failure) =>
        claims && failure.SqlState == PostgresErrorCodes.DivisionByZero ? new ClaimLostException(handled!) : null;

    public void AfterCommit()
    {
        if (Completing && !Completed)
        {
            Completed = true;
            runtime.Upkeep.CountRemoved(handled is null || RescheduledTo is not null ? 0 : 1);
        }

        var committed = written;
        written = [];
        pending.RemoveRange(0, committed.Count);
        runtime.Router.Dispatch(committed);
    }

    /// <summary>The commit failed, or nobody knows: what was committed after all is found in the table.</summary>
    public void Abandon()
    {
        runtime.Queues.Relinquish(written);
        if (written.Exists(envelope => envelope.OwnerId != 0))
        {
            runtime.Agent.LookForForgotten();
        }

        written = [];
    }
}

/// <summary>The envelope in hand was taken over by another node, so nothing of this attempt may count.</summary>
internal sealed class ClaimLostException(Envelope envelope) : Exception($"{envelope} is no longer owned by this node.");
