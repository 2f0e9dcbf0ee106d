using Marten;

namespace MilleCafes.Shared;

/// <summary>What the platform wants written with whatever a request commits, in the same transaction; nothing unless it asks.</summary>
/// <remarks>One a request: each <see cref="ModuleSession{TStore}"/> of it takes it along.</remarks>
public sealed class CommitMark
{
    private string? sql;
    private object[] values = [];

    /// <param name="command">SQL with a question mark for each value; when it fails, so does the commit.</param>
    public void Ask(string command, params object[] parameters) => (sql, values) = (command, parameters);

    internal void AppendTo(IDocumentOperations session)
    {
        if (sql is not null)
        {
            session.QueueSqlCommand(sql, values);
        }
    }
}
