namespace Wolverine;

/// <summary>Shorthands for publishing a message for later.</summary>
public static class MessageBusExtensions
{
    public static ValueTask ScheduleAsync<T>(this IMessageBus bus, T message, DateTimeOffset time, DeliveryOptions? options = default)
    {
        options ??= new DeliveryOptions();
        options.ScheduledTime = time;
        return bus.PublishAsync(message, options);
    }

    public static ValueTask ScheduleAsync<T>(this IMessageBus bus, T message, TimeSpan delay, DeliveryOptions? options = default)
    {
        options ??= new DeliveryOptions();
        options.ScheduleDelay = delay;
        return bus.PublishAsync(message, options);
    }
}
