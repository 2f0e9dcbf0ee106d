using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Wolverine.Runtime.Serialization;
using Wolverine.Tracking;

namespace Wolverine.Runtime;

/// <summary>Makes envelopes of what is published, and sends them on their way once they are committed.</summary>
internal sealed class MessageRouter(WolverineRuntime runtime, ILogger logger)
{
    private readonly ConcurrentDictionary<Type, bool> unheard = new();

    /// <summary>One envelope per handler.</summary>
    public IReadOnlyList<Envelope> Route(object message, DeliveryOptions? options, MessageBus bus)
    {
        var type = message.GetType();
        var chains = runtime.Handlers.For(type);
        if (chains.Count == 0)
        {
            if (unheard.TryAdd(type, true))
            {
                logger.LogInformation("Nobody handles {MessageType}", type.FullName);
            }

            runtime.Tracker.Record(MessageEventType.NoRoutes, new Envelope(message) { MessageType = HandlerGraph.WireName(type) });
            return [];
        }

        var now = runtime.Clock.Now;
        var due = options?.ScheduledTime ?? (options?.ScheduleDelay is { } delay ? now + delay : null);
        var data = JsonSerializer.SerializeToUtf8Bytes(message, type, runtime.Options.Json);
        var envelopes = new List<Envelope>(chains.Count);
        foreach (var chain in chains)
        {
            var envelope = new Envelope(message)
            {
                MessageType = chain.WireName,
                Destination = chain.Destination,
                EndpointName = chain.QueueName,
                CorrelationId = options?.CorrelationId ?? bus.CorrelationId,
                ConversationId = bus.Envelope is { } parent ? parent.ConversationId == Guid.Empty ? parent.Id : parent.ConversationId : Guid.Empty,
                UserName = runtime.Options.EnableRelayOfUserName ? bus.UserName : null,
                Data = data,
                SentAt = now,
                DeliverBy = options?.DeliverBy,
                Source = runtime.Options.ServiceName,
                ScheduledTime = due > now ? due : null,
                Status = due > now ? EnvelopeStatus.Scheduled : EnvelopeStatus.Incoming
            };
            using var activity = Telemetry.StartSending(envelope);
            envelope.ParentId = Activity.Current?.Id;
            envelope.Body = EnvelopeSerializer.Serialize(envelope);
            envelopes.Add(envelope);
        }

        return envelopes;
    }

    /// <summary>After a commit: what is ours goes to its queue, the rest is looked after by the agent.</summary>
    public void Dispatch(IReadOnlyList<Envelope> committed)
    {
        foreach (var envelope in committed)
        {
            runtime.Telemetry.Sent(envelope);
            runtime.Tracker.Record(envelope.Status == EnvelopeStatus.Scheduled ? MessageEventType.Scheduled : MessageEventType.Sent, envelope);
        }

        foreach (var envelope in committed)
        {
            if (envelope.Status == EnvelopeStatus.Scheduled)
            {
                runtime.Agent.WakeAt(envelope.ScheduledTime!.Value);
            }
            else if (envelope.OwnerId != 0)
            {
                runtime.Queues.Accept(envelope);
            }
            else if (runtime.Queues.Find(envelope.Destination) is { } queue)
            {
                queue.Park();
                if (queue.Starving)
                {
                    runtime.Agent.Nudge();
                }
            }
        }
    }
}
