using Wolverine.Persistence.Durability.DeadLetterManagement;

namespace Wolverine.Persistence.Durability
{
    /// <summary>The application's view of the message tables.</summary>
    public interface IMessageStore : IAsyncDisposable
    {
        IDeadLetters DeadLetters { get; }
    }

    /// <summary>Messages that were given up: list, replay, discard.</summary>
    public interface IDeadLetters
    {
        Task<DeadLetterEnvelope?> DeadLetterEnvelopeByIdAsync(Guid id, string? tenantId = default);

        Task DiscardAsync(DeadLetterEnvelopeQuery query, CancellationToken token);

        Task<DeadLetterEnvelopeResults> QueryAsync(DeadLetterEnvelopeQuery query, CancellationToken token);

        /// <summary>Gives them back to their queues with a new set of attempts.</summary>
        Task ReplayAsync(DeadLetterEnvelopeQuery query, CancellationToken token);
    }

    public record DeadLetterEnvelope(
        Guid Id,
        DateTimeOffset? ExecutionTime,
        Envelope Envelope,
        string MessageType,
        string ReceivedAt,
        string Source,
        string ExceptionType,
        string ExceptionMessage,
        DateTimeOffset SentAt,
        bool Replayable);
}

namespace Wolverine.Persistence.Durability.DeadLetterManagement
{
    /// <summary>Which dead letters; ids, when given, go before all the rest.</summary>
    public class DeadLetterEnvelopeQuery
    {
        public DeadLetterEnvelopeQuery()
        {
        }

        public DeadLetterEnvelopeQuery(Guid[] messageIds) => MessageIds = messageIds;

        /// <summary>From 1; 0 is the first page too.</summary>
        public int PageNumber { get; set; }

        public int PageSize { get; set; } = 100;

        public string? MessageType { get; set; }

        public string? ExceptionType { get; set; }

        public string? ExceptionMessage { get; set; }

        public string? ReceivedAt { get; set; }

        internal Guid[] MessageIds { get; } = [];
    }

    public class DeadLetterEnvelopeResults
    {
        public int TotalCount { get; set; }

        public List<DeadLetterEnvelope> Envelopes { get; set; } = [];

        public int PageNumber { get; set; }
    }
}
