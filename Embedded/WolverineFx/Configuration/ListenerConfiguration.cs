using Wolverine.Transports;

namespace Wolverine.Configuration;

/// <summary>What can be set on any queue.</summary>
public interface IListenerConfiguration<T>
{
    T MaximumParallelMessages(int maximumParallelHandlers);

    /// <summary>One message at a time, in the order of publication.</summary>
    T Sequential();

    T UseDurableInbox();

    /// <summary>Also sets how many messages are held in memory; the rest waits in the table.</summary>
    T UseDurableInbox(BufferingLimits limits);
}

/// <summary>Applies one set of queue settings to every queue it was made for.</summary>
public abstract class ListenerConfiguration<TSelf, TEndpoint> : IListenerConfiguration<TSelf>
    where TSelf : IListenerConfiguration<TSelf>
    where TEndpoint : Endpoint
{
    private protected ListenerConfiguration(TEndpoint endpoint) => Endpoint = endpoint;

    private protected TEndpoint Endpoint { get; }

    private protected abstract TSelf Self { get; }

    public TSelf MaximumParallelMessages(int maximumParallelHandlers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumParallelHandlers, 1);
        Endpoint.MaxDegreeOfParallelism = maximumParallelHandlers;
        return Self;
    }

    public TSelf Sequential() => MaximumParallelMessages(1);

    public TSelf UseDurableInbox() => Self;

    public TSelf UseDurableInbox(BufferingLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Maximum, 1);
        Endpoint.BufferingLimits = limits;
        return Self;
    }
}

/// <summary>Settings of one queue.</summary>
public abstract class Endpoint
{
    internal int? MaxDegreeOfParallelism { get; set; }

    internal BufferingLimits? BufferingLimits { get; set; }
}
