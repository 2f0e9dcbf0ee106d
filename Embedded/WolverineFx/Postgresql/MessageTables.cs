using Npgsql;

namespace Wolverine.Postgresql;

/// <summary>The message tables of one schema, by the published names and columns: created when missing, never dropped.</summary>
internal sealed class MessageTables
{
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
    }

    public string Schema { get; }

    public string Incoming { get; }

    public string DeadLetters { get; }

    public string Nodes { get; }

    public int LockClass { get; }

    public async Task CreateAsync(NpgsqlDataSource database, CancellationToken token)
    {
        try
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
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction)
        {
            throw new InvalidOperationException($"The message tables cannot be created in schema \"{Schema}\": {refused.MessageText}.", refused);
        }
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task<bool> ExistAsync(NpgsqlConnection connection, CancellationToken token) =>
        await connection.ScalarAsync<bool>(
            $"""
            select to_regclass('{Literal(Nodes)}') is not null and to_regclass('{Literal(DeadLetters)}') is not null
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
