using System.Globalization;
using Npgsql;

namespace Wolverine.Postgresql;

/// <summary>The message tables of one schema, by the published names and columns: created when missing, never dropped.</summary>
internal sealed class MessageTables
{
    /// <summary>The columns that <see cref="PostgresqlMessageStore.ReadAsync"/> reads, in its order.</summary>
    public const string Read = "id, attempts, body, message_type, received_at, interruptions";

    // Lock number 0 of the schema's lock class guards the creation of tables; the others are node numbers
    private const int CreationLock = 0;

    public MessageTables(DurabilitySettings settings)
    {
        Schema = settings.Schema;
        var quoted = Quote(Schema);
        Incoming = $"{quoted}.wolverine_incoming_envelopes";
        DeadLetters = $"{quoted}.wolverine_dead_letters";
        Nodes = $"{quoted}.wolverine_nodes";
        LockClass = Hash("wolverine:" + Schema);
        Channel = $"wolverine_{unchecked((uint)LockClass)}";
    }

    public string Schema { get; }

    public string Incoming { get; }

    public string DeadLetters { get; }

    public string Nodes { get; }

    public int LockClass { get; }

    /// <summary>Where nodes tell one another that something waits (LISTEN/NOTIFY).</summary>
    public string Channel { get; }

    /// <summary>What a node says when it calls the others, so that it does not answer itself.</summary>
    public static string Payload(int node) => node.ToString(CultureInfo.InvariantCulture);

    public async Task CreateAsync(NpgsqlDataSource database, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        if (connection.PostgreSqlVersion.Major < 14)
        {
            throw new InvalidOperationException($"Messages need PostgreSQL 14 or newer; this server is {connection.PostgreSqlVersion}.");
        }

        await using var transaction = await connection.BeginTransactionAsync(token);
        await connection.ExecuteAsync("select pg_advisory_xact_lock($1, $2)", token, LockClass, CreationLock);
        if (!await ExistAsync(connection, token))
        {
            await connection.ExecuteAsync(Definition(), token);
        }

        await transaction.CommitAsync(token);
    }

    /// <summary>What to say when the server refuses to serve these tables: they are somebody else's, or it is read-only.</summary>
    public Exception? Explain(PostgresException refused) =>
        refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction
            ? new InvalidOperationException($"The message tables of schema \"{Schema}\" cannot be used: {refused.MessageText}.", refused)
            : null;

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task<bool> ExistAsync(NpgsqlConnection connection, CancellationToken token) =>
        await connection.ScalarAsync<bool>(
            $"""
            select to_regclass('{Literal(Nodes)}') is not null and to_regclass('{Literal(DeadLetters)}') is not null
               and exists (select from pg_attribute where attrelid = to_regclass('{Literal(Incoming)}') and attname = 'interruptions')
               and exists (select from pg_class where oid = to_regclass('{Literal(Incoming)}') and 'vacuum_truncate=off' = any(reloptions))
               and to_regclass('{Literal(Quote(Schema))}.idx_wolverine_incoming_envelopes_scheduled') is not null
            """,
            token);

    private string Definition() =>
        $"""
        create schema if not exists {Quote(Schema)};
        create table if not exists {Incoming} (
            id uuid primary key,
            status varchar not null,
            owner_id integer not null,
            execution_time timestamptz default null,
            attempts integer default 0,
            body bytea not null,
            message_type varchar not null,
            received_at varchar,
            keep_until timestamptz);
        alter table {Incoming} add column if not exists "timestamp" timestamptz default now();
        alter table {Incoming} add column if not exists interruptions integer not null default 0;
        -- A prepared statement that was planned while the table was one page would go on reading it whole when it is thousands: it is never so small
        alter table {Incoming} set (vacuum_truncate = off);
        insert into {Incoming} (id, status, owner_id, body, message_type)
            select gen_random_uuid(), 'Handled', 0, convert_to(repeat(' ', 1500), 'UTF8'), '' from generate_series(1, 200);
        delete from {Incoming} where status = 'Handled' and message_type = '';
        create table if not exists {DeadLetters} (
            id uuid primary key,
            execution_time timestamptz default null,
            body bytea not null,
            message_type varchar not null,
            received_at varchar,
            source varchar,
            exception_type varchar,
            exception_message varchar,
            sent_at timestamptz,
            replayable boolean);
        create table if not exists {Nodes} (
            id uuid primary key,
            node_number serial not null,
            description varchar not null,
            uri varchar not null,
            started timestamptz not null default now(),
            health_check timestamptz not null default now(),
            version varchar,
            capabilities text[]);
        create index if not exists idx_wolverine_incoming_envelopes_owner on {Incoming} (owner_id) where owner_id <> 0;
        create index if not exists idx_wolverine_incoming_envelopes_waiting on {Incoming} (received_at, id) where owner_id = 0 and status = 'Incoming';
        create index if not exists idx_wolverine_incoming_envelopes_scheduled on {Incoming} (execution_time) where status = 'Scheduled';
        """;

    private static string Literal(string value) => value.Replace("'", "''", StringComparison.Ordinal);

    private static int Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return unchecked((int)hash);
    }
}
