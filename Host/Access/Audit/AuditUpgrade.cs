namespace MilleCafes.Host.Access.Audit;

/// <summary>Gives the entries of former releases the instant that « what changed since » asks for, and takes the secrets out of them.</summary>
internal sealed class AuditUpgrade(IAccessStore store) : IHostedLifecycleService
{
    // The expression of the index, so that a start with nothing to do costs nothing
    private const string Upgrade = """
        update access.mt_doc_auditentry set data = jsonb_set(
            data || jsonb_build_object('updatedAt', data -> 'at', 'revision', 1), '{changes}',
            coalesce((select jsonb_agg(change order by place) from jsonb_array_elements(data -> 'changes') with ordinality as told (change, place)
                where change ->> 'pointer' !~ '^/(hash|keys/[0-9]+/secret)$'), '[]'))
        where access.mt_immutable_timestamptz(data ->> 'updatedAt') is null
        """;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.QueueSqlCommand(Upgrade);
        await session.SaveChangesAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
