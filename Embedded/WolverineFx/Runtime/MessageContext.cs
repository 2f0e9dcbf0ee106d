using System.Diagnostics;
using Wolverine.Runtime.Routing;

namespace Wolverine.Runtime
{
    /// <summary>The bus: routes a message to its handlers' queues, inside the transaction at hand if there is one.</summary>
    public class MessageBus : IMessageBus
    {
        private string? correlationId;

        internal MessageBus(WolverineRuntime runtime) => Runtime = runtime;

        public string? CorrelationId
        {
            get => correlationId ??= Activity.Current?.RootId ?? Guid.CreateVersion7().ToString();
            set => correlationId = value;
        }

        public Envelope? Envelope { get; private protected set; }

        public string? UserName { get; set; }

        internal WolverineRuntime Runtime { get; }

        /// <summary>What published messages join; without one they are stored at once.</summary>
        internal EnvelopeTransaction? Transaction { get; set; }

        public ValueTask PublishAsync<T>(T message, DeliveryOptions? options = default)
        {
            ArgumentNullException.ThrowIfNull(message);
            return RouteAsync(message, options, required: false);
        }

        public ValueTask SendAsync<T>(T message, DeliveryOptions? options = default)
        {
            ArgumentNullException.ThrowIfNull(message);
            return RouteAsync(message, options, required: true);
        }

        public Task InvokeAsync(object message, CancellationToken cancellation = default, TimeSpan? timeout = default) =>
            InvokeAsync(message, new DeliveryOptions(), cancellation, timeout);

        public async Task InvokeAsync(
            object message, DeliveryOptions options, CancellationToken cancellation = default, TimeSpan? timeout = default) =>
            await Runtime.Executor.InvokeAsync(message, options, null, CorrelationId, timeout, cancellation);

        public async Task<T> InvokeAsync<T>(object message, CancellationToken cancellation = default, TimeSpan? timeout = default) =>
            (T)(await Runtime.Executor.InvokeAsync(message, new DeliveryOptions(), typeof(T), CorrelationId, timeout, cancellation))!;

        internal async ValueTask RouteAsync(object message, DeliveryOptions? options, bool required)
        {
            var envelopes = Runtime.Router.Route(message, options, this);
            if (envelopes.Count == 0)
            {
                if (required)
                {
                    throw new IndeterminateRoutesException(message.GetType());
                }

                return;
            }

            if (Transaction is not null)
            {
                Transaction.Publish(envelopes);
                return;
            }

            var own = new EnvelopeTransaction(Runtime);
            own.Publish(envelopes);
            await Runtime.Store.CommitAsync(own, CancellationToken.None);
        }
    }

    /// <summary>The bus of one request, or of one envelope being handled.</summary>
    public class MessageContext : MessageBus, IMessageContext
    {
        public MessageContext(IWolverineRuntime runtime) : base((WolverineRuntime)runtime)
        {
        }

        public Task ReScheduleCurrentAsync(DateTimeOffset rescheduledAt)
        {
            if (Envelope is null || Transaction is null)
            {
                throw new InvalidOperationException("This context handles no message that could be rescheduled.");
            }

            Transaction.RescheduledTo = rescheduledAt;
            return Task.CompletedTask;
        }

        internal EnvelopeTransaction Handle(Envelope envelope, bool stored)
        {
            Envelope = envelope;
            CorrelationId = envelope.CorrelationId;
            UserName = envelope.UserName;
            return Transaction = new EnvelopeTransaction(Runtime, stored ? envelope : null);
        }

        /// <summary>Publishes what a handler returned: a message, several, or nothing.</summary>
        internal async ValueTask CascadeAsync(object? returned)
        {
            switch (returned)
            {
                case null or string:
                    return;
                case System.Runtime.CompilerServices.ITuple tuple:
                    for (var index = 0; index < tuple.Length; index++)
                    {
                        await CascadeAsync(tuple[index]);
                    }

                    return;
                case IEnumerable<object?> several:
                    foreach (var message in several)
                    {
                        await CascadeAsync(message);
                    }

                    return;
                default:
                    await RouteAsync(returned, null, required: false);
                    return;
            }
        }
    }
}

namespace Wolverine.Runtime.Routing
{
    /// <summary>A message was sent that nobody handles.</summary>
    public class IndeterminateRoutesException(Type messageType)
        : Exception($"Could not determine any valid subscribers or local handlers for message type {messageType.FullName}");
}
