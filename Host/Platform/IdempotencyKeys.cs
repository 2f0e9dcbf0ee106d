using Npgsql;

namespace MilleCafes.Host.Platform;

/// <summary>What is known of a key: it is ours to act under, or the first request has it.</summary>
/// <param name="Claimed">Whether this request is the one that acts.</param>
/// <param name="Same">Whether the first request was the same as this one.</param>
/// <param name="Lost">Whether the act of the first request was committed, and its answer will never come.</param>
/// <param name="Answer">The first answer, closed.</param>
internal sealed record KeyState(bool Claimed, bool Same, bool Lost, byte[]? Answer);

/// <summary>The table of keys, shared by all nodes: claimed before the act, marked as done in its transaction, given the answer after it.</summary>
/// <remarks>
/// Claims and answers do not wait for the disk: the act's own commit does, and carries the claim before it.
/// All instants are the database's, so that the nodes' clocks do not matter.
/// </remarks>
internal sealed class IdempotencyKeys(NpgsqlDataSource database, HttpSettings settings)
{
    /// <summary>What PostgreSQL says to an act whose claim another request has taken over.</summary>
    public const string TakenOver = "MC409";

    /// <summary>Commits with the act: takes the key and the claim.</summary>
    public const string MarkDone = "select platform.idempotency_done(?, ?)";

    private const string Table = """
        select pg_advisory_xact_lock(7160310264537214561);
        create schema if not exists platform;
        create table if not exists platform.idempotency_keys (
            id bytea primary key, request bytea not null, claim uuid not null, claimed_at timestamptz not null, done_at timestamptz, answer bytea, subjects uuid[])
            with (fillfactor = 70);
        alter table platform.idempotency_keys add column if not exists subjects uuid[];
        create index if not exists idempotency_keys_claimed_at on platform.idempotency_keys (claimed_at);
        create or replace function platform.idempotency_done(key bytea, attempt uuid) returns void language plpgsql as $$
        begin
            update platform.idempotency_keys set done_at = now() where id = key and claim = attempt;
            if not found then
                raise exception 'another request has taken over the key' using errcode = 'MC409';
            end if;
        end $$;
        """;

    private const string Claim = """
        with claimed as (
            insert into platform.idempotency_keys as known (id, request, claim, claimed_at) values ($1, $2, $3, now())
            on conflict (id) do update set request = excluded.request, claim = excluded.claim, claimed_at = now(), done_at = null, answer = null, subjects = null
                where known.claimed_at < now() - interval '24 hours' or (known.done_at is null and known.claimed_at < now() - $4)
            returning 1)
        select set_config('synchronous_commit', 'off', true), exists (select from claimed), known.request = $2,
            coalesce(known.answer = '', known.claimed_at < now() - $4), nullif(known.answer, '')
        from (select) as one left join platform.idempotency_keys as known on known.id = $1
        """;

    private const string Keep = "update platform.idempotency_keys set done_at = coalesce(done_at, now()), answer = $3, subjects = $4 where id = $1 and claim = $2 returning set_config('synchronous_commit', 'off', true)";

    private const string Release = """
        with refused as (delete from platform.idempotency_keys where id = $1 and claim = $2 and done_at is null returning 1)
        update platform.idempotency_keys set answer = '' where id = $1 and claim = $2 and done_at is not null returning set_config('synchronous_commit', 'off', true)
        """;

    private const string Purge = """
        delete from platform.idempotency_keys where id in (
            select id from platform.idempotency_keys where claimed_at < now() - interval '24 hours' order by claimed_at limit 10000 for update skip locked)
        """;

    // No request that is answered takes longer; one that does all the same finds its claim gone, and commits nothing
    private readonly TimeSpan longestAct = settings.Timeout + TimeSpan.FromSeconds(5);

    public async Task CreateTableAsync(CancellationToken token)
    {
        // A role that may not create anything can do without, once somebody else has
        await using var look = database.CreateCommand("select exists (select from pg_attribute where attrelid = to_regclass('platform.idempotency_keys') and attname = 'subjects')");
        if (await look.ExecuteScalarAsync(token) is not true)
        {
            await using var create = database.CreateCommand(Table);
            await create.ExecuteNonQueryAsync(token);
        }
    }

    public async Task<KeyState> ClaimAsync(byte[] id, byte[] request, Guid claim, CancellationToken token)
    {
        await using var command = Command(Claim, id, request, claim, longestAct);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        // A first request that began this very moment is not to be seen yet
        return await reader.IsDBNullAsync(2, token)
            ? new(reader.GetBoolean(1), Same: true, Lost: false, Answer: null)
            : new(reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4));
    }

    public Task KeepAsync(byte[] id, Guid claim, byte[] answer, Guid[] subjects, CancellationToken token) => ExecuteAsync(Keep, token, id, claim, answer, subjects);

    /// <summary>Forgets a key whose act was refused; an act that was committed is not forgotten, though it has no answer.</summary>
    public Task ReleaseAsync(byte[] id, Guid claim, CancellationToken token) => ExecuteAsync(Release, token, id, claim);

    /// <summary>Removes some of the keys that are older than a day.</summary>
    /// <returns>How many.</returns>
    public Task<int> PurgeAsync(CancellationToken token) => ExecuteAsync(Purge, token);

    private async Task<int> ExecuteAsync(string sql, CancellationToken token, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(token);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

/// <summary>Makes the table at the start, and removes old keys every hour.</summary>
internal sealed class IdempotencyUpkeep(IdempotencyKeys keys, TimeProvider time, ILogger<IdempotencyUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.CreateTableAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await keys.PurgeAsync(stoppingToken) > 0)
                {
                }
            }
            catch (NpgsqlException exception)
            {
                logger.LogWarning("Old idempotency keys are not removed: {Reason}", exception.Message);
            }
        }
    }
}
