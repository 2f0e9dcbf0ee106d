using Microsoft.Extensions.Logging;
using Npgsql;

namespace Wolverine.Runtime;

/// <summary>What keeps the message tables small and counted, beside the heartbeat: it may take its time, or fail.</summary>
internal sealed class TableUpkeep(WolverineRuntime runtime, ILogger logger)
{
    private const int RemovedBetweenVacuums = 20_000;

    private int removed;
    private Task vacuum = Task.CompletedTask;
    private Task counting = Task.CompletedTask;

    /// <summary>What the table held when it was last counted, which happens only when somebody measures it.</summary>
    public MessageCounts Counts { get; private set; } = new(0, 0);

    public Task Ended => Task.WhenAll(vacuum, counting);

    /// <summary>Counts rows taken out of the tables: their space is made usable again from time to time.</summary>
    public void CountRemoved(int rows) => Interlocked.Add(ref removed, rows);

    // Deleted envelopes leave dead rows, and the server's own cleaning may come a minute later: too late for a busy queue
    public void VacuumIfDue(CancellationToken token)
    {
        if (vacuum.IsCompleted && Volatile.Read(ref removed) >= RemovedBetweenVacuums)
        {
            Interlocked.Exchange(ref removed, 0);
            vacuum = TryAsync(() => runtime.Store.VacuumAsync(token));
        }
    }

    public void CountIfWanted(CancellationToken token)
    {
        if (counting.IsCompleted && runtime.Telemetry.CountsWanted())
        {
            counting = TryAsync(async () => Counts = await runtime.Store.CountAsync(token));
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException or InvalidOperationException or TimeoutException)
        {
            logger.LogDebug("Upkeep of the message tables failed: {Fault}", fault.Message);
        }
    }
}
