using System.Globalization;
using System.Text;
using JasperFx;
using Marten.Exceptions;
using Marten.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Sessions;

/// <summary>One change waiting for the commit: one command of the batch (published: IStorageOperation).</summary>
internal abstract class PendingOperation
{
    public virtual DocumentStorage? Storage => null;

    public abstract NpgsqlBatchCommand ToCommand();

    public virtual Exception? Explain(PostgresException failure) => null;
}

/// <summary>How a document is to be written.</summary>
internal enum WriteMode
{
    Insert,
    Store,
    Update,
    Revise,
}

/// <summary>Writes a document, as it is when the changes are saved.</summary>
internal sealed class WriteOperation(DocumentStorage storage, object document, WriteMode mode, long revision = 0) : PendingOperation
{
    private readonly object _id = storage.Identify(document);

    public override DocumentStorage Storage => storage;

    public override NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(mode switch
        {
            WriteMode.Insert => storage.Sql.Insert,
            WriteMode.Store => storage.Sql.Store,
            WriteMode.Update => storage.Sql.Update,
            _ => storage.Sql.Revise,
        });
        command.Parameters.Add(storage.IdParameter(_id));
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = storage.Write(document), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = document.GetType().FullName!, NpgsqlDbType = NpgsqlDbType.Varchar });
        if (mode == WriteMode.Revise)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = revision, NpgsqlDbType = NpgsqlDbType.Bigint });
        }

        return command;
    }

    public override Exception? Explain(PostgresException failure) => failure switch
    {
        { SqlState: PostgresErrorCodes.DivisionByZero } when mode == WriteMode.Revise => new ConcurrencyException(storage.DocumentType, _id),
        { SqlState: PostgresErrorCodes.DivisionByZero } when mode == WriteMode.Update => new NonExistentDocumentException(storage.DocumentType, _id),
        { SqlState: PostgresErrorCodes.UniqueViolation } when failure.ConstraintName == storage.PrimaryKey =>
            new DocumentAlreadyExistsException(failure, storage.DocumentType, _id),
        _ => null,
    };
}

/// <summary>Deletes a document by its identity.</summary>
internal sealed class DeleteOperation(DocumentStorage storage, object id) : PendingOperation
{
    private readonly NpgsqlParameter _id = storage.IdParameter(id);

    public override DocumentStorage Storage => storage;

    public override NpgsqlBatchCommand ToCommand() => new(storage.Sql.Delete) { Parameters = { _id.Clone() } };
}

/// <summary>Runs SQL along with the documents: a predicate's deletion, or what a caller has queued.</summary>
internal sealed class SqlOperation(string sql, IReadOnlyCollection<NpgsqlParameter> parameters, DocumentStorage? storage = null) : PendingOperation
{
    public override DocumentStorage? Storage => storage;

    public override NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        return command;
    }

    public static SqlOperation Queued(string sql, object?[] values)
    {
        var text = new StringBuilder(sql.Length + values.Length);
        var count = 0;
        foreach (var letter in sql)
        {
            if (letter == '?')
            {
                text.Append(CultureInfo.InvariantCulture, $"${++count}");
            }
            else
            {
                text.Append(letter);
            }
        }

        return count == values.Length
            ? new SqlOperation(text.ToString(), [.. values.Select(value => new NpgsqlParameter { Value = value ?? DBNull.Value })])
            : throw new InvalidOperationException($"The SQL has {count} placeholders and {values.Length} parameters: {sql}");
    }
}
