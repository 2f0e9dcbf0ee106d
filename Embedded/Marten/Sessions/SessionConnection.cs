using System.Data;
using Npgsql;

namespace Marten.Sessions;

/// <summary>Where a session's commands run: a pooled connection each, or one transaction when an isolation level asks for it.</summary>
internal sealed class SessionConnection(NpgsqlDataSource source, IsolationLevel isolation) : IAsyncDisposable, IDisposable
{
    private readonly bool _transactional = isolation is not (IsolationLevel.ReadCommitted or IsolationLevel.Unspecified);
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    public async ValueTask<NpgsqlCommand> CommandAsync(string sql, CancellationToken token)
    {
        if (!_transactional)
        {
            return source.CreateCommand(sql);
        }

        await BeginAsync(token);
        return new NpgsqlCommand(sql, _connection, _transaction);
    }

    public async ValueTask<NpgsqlBatch> BatchAsync(CancellationToken token)
    {
        if (!_transactional)
        {
            return source.CreateBatch();
        }

        await BeginAsync(token);
        return new NpgsqlBatch(_connection, _transaction);
    }

    public async ValueTask CommitAsync(CancellationToken token)
    {
        if (_transaction is not null)
        {
            await _transaction.CommitAsync(token);
            await DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        var (transaction, connection) = (_transaction, _connection);
        (_transaction, _connection) = (null, null);
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        _connection?.Dispose();
        (_transaction, _connection) = (null, null);
    }

    private async ValueTask BeginAsync(CancellationToken token)
    {
        if (_transaction is null)
        {
            _connection = await source.OpenConnectionAsync(token);
            _transaction = await _connection.BeginTransactionAsync(isolation, token);
        }
    }
}
