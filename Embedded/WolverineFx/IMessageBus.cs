namespace Wolverine;

/// <summary>Runs a message's handlers now, in the caller's own flow.</summary>
public interface ICommandBus
{
    Task InvokeAsync(object message, CancellationToken cancellation = default, TimeSpan? timeout = default);

    Task InvokeAsync(object message, DeliveryOptions options, CancellationToken cancellation = default, TimeSpan? timeout = default);

    Task<T> InvokeAsync<T>(object message, CancellationToken cancellation = default, TimeSpan? timeout = default);
}

/// <summary>Entry point for publishing messages to whoever handles them.</summary>
public interface IMessageBus : ICommandBus
{
    /// <summary>Gives the message to every handler of its type; having none is no error.</summary>
    ValueTask PublishAsync<T>(T message, DeliveryOptions? options = default);

    /// <summary>As <see cref="PublishAsync{T}"/>, but a message without a handler is an error.</summary>
    ValueTask SendAsync<T>(T message, DeliveryOptions? options = default);
}

/// <summary>The bus as a handler sees it, together with the envelope being handled.</summary>
public interface IMessageContext : IMessageBus
{
    string? CorrelationId { get; set; }

    /// <summary>On whose behalf messages are published; within a handler, that of the message in hand.</summary>
    string? UserName { get; set; }

    Envelope? Envelope { get; }

    /// <summary>Handles the current message again at a later time, in place of completing it.</summary>
    Task ReScheduleCurrentAsync(DateTimeOffset rescheduledAt);
}
