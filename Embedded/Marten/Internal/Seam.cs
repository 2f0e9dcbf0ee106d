using System.Runtime.CompilerServices;
using Npgsql;

[assembly: InternalsVisibleTo("Wolverine.Marten")]

namespace Marten.Internal;

/// <summary>What joins a session's commit: envelopes written in the same batch as the documents (published: session listeners and IStorageOperation).</summary>
internal interface ICommitParticipant
{
    /// <summary>Adds commands after the documents' commands; may be called again if SaveChanges is called again.</summary>
    void AppendTo(NpgsqlBatch batch);

    /// <summary>What to throw when one of the participant's commands failed; null: MartenCommandException.</summary>
    Exception? Explain(PostgresException failure);

    /// <summary>After a successful commit only.</summary>
    ValueTask AfterCommitAsync(CancellationToken token);

    /// <summary>After a commit that failed, whatever the reason: a refused command, a lost connection, a cancellation, a document without JSON.</summary>
    void Abandon();
}

/// <summary>A session that lets others join its commit.</summary>
internal interface IEnlistableSession
{
    void Enlist(ICommitParticipant participant);
}
