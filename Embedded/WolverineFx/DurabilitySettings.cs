namespace Wolverine;

/// <summary>Whether several handlers of one message share an envelope; this stack offers Separated.</summary>
public enum MultipleHandlerBehavior
{
    ClassicCombineIntoOneLogicalHandler,
    Separated
}

/// <summary>Settings of the message tables and of the agent that looks after them.</summary>
public class DurabilitySettings
{
    public string? MessageStorageSchemaName { get; set; }

    /// <summary>How often, at the latest, due scheduled messages are looked for; those this node knows of fire on time.</summary>
    public TimeSpan ScheduledJobPollingTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The heartbeat: one round trip that also recovers what dead nodes left (published default: 10 s).</summary>
    public TimeSpan HealthCheckPollingTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Age at which a dead node's row is removed and an envelope for an unknown queue is given up.</summary>
    public TimeSpan StaleNodeTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a stopping node lets handlers finish.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>This node's number, unique for all time in its database; 0 before start.</summary>
    public int AssignedNodeNumber { get; internal set; }

    internal string Schema => MessageStorageSchemaName ?? "wolverine";
}
